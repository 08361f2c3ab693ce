"""What the rules need to know of joint statements: which other organisations agreed to a post as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bfbot.desk.signing_off import as_in_the_library, digest_of
from bfbot.domain.owner_sign_off import OwnerSignOff
from bfbot.domain.person import Person, Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.ledger import owner_sign_offs, people
from bfbot.rules.approval import same_person
from bfbot.rules.base import Case
from bfbot.rules.joint_statements import campaigns_of, named_owners


def with_owners(case: Case) -> Case:
    """The case with the sign-offs, where its post names another organisation; as it is for all others."""
    return with_owners_many([case])[0]


def with_owners_many(cases: Sequence[Case]) -> list[Case]:
    """The same for many, with one look at what was signed, and nothing read where nobody is named."""
    naming = [one for one in cases if named_owners(one)]
    if not naming:
        return list(cases)
    given = owner_sign_offs.given({each for one in naming for each in _subjects(one.post)})
    signers = {one.signer: people.find(one.signer) for one in given}
    return [
        replace(one, owner_sign_offs=_covering(one.post, one.revision, given, signers))
        if named_owners(one)
        else one
        for one in cases
    ]


def of_post(post: Post, revision: Revision) -> tuple[OwnerSignOff, ...]:
    """Those of this very version, lapsed ones too, oldest first."""
    given = owner_sign_offs.given(_subjects(post))
    return _covering(post, revision, given, {one.signer: people.find(one.signer) for one in given})


def of_messages(revision: Revision) -> dict[str, tuple[OwnerSignOff, ...]]:
    """By the id of the evergreen post, those of the version that stands in the files."""
    given = owner_sign_offs.given([f"message:{one}" for one in revision.messages])
    found: dict[str, tuple[OwnerSignOff, ...]] = {}
    for one in given:
        message = one.subject.partition(":")[2]
        if one.digest == digest_of(message, revision):
            counted = replace(one, lapsed=_lapsed(one, people.find(one.signer), revision))
            found[message] = (*found.get(message, ()), counted)
    return found


def may_sign_for(person: Person, owner: str, revision: Revision) -> bool:
    """Whether they approve for a campaign of that organisation."""
    return any(person.may(Role.APPROVER, one.id) for one in campaigns_of(owner, revision))


def _covering(
    post: Post, revision: Revision, given: Iterable[OwnerSignOff], signers: Mapping[str, Person | None]
) -> tuple[OwnerSignOff, ...]:
    subjects = set(_subjects(post))
    mine = [one for one in given if one.subject in subjects]
    if not mine:
        return ()
    wanted = {(f"post:{post.id}", post.signature)} if post.signature else set()
    if as_in_the_library(post, revision):
        wanted.add((f"message:{post.message}", digest_of(post.message or "", revision)))
    return tuple(
        replace(one, lapsed=_lapsed(one, signers.get(one.signer), revision, post.author))
        for one in mine
        if (one.subject, one.digest) in wanted
    )


def _lapsed(one: OwnerSignOff, signer: Person | None, revision: Revision, author: str = "") -> str:
    """A signature counts while its signer may give it, as one for repeat does."""
    if signer is None or not may_sign_for(signer, one.owner, revision):
        return f"{one.signer}, who signed it off for {one.owner}, approves for {one.owner} no more"
    if author and same_person(one.signer, author):
        return f"{one.signer}, who signed it off for {one.owner}, wrote or last changed it"
    return ""


def _subjects(post: Post) -> list[str]:
    own = [f"post:{post.id}"] if post.id else []
    return [*own, *([f"message:{post.message}"] if post.message else [])]
