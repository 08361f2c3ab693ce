"""A post that names another organisation: somebody who approves for that one signs it off, or takes that back.

The approval speaks for the post's own organisation and the sign-off for the other, so that two people sign. The
rules ask for both at approval and at send; who approves may not be who signed, nor either of them its author.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.binding import is_whole, to_go
from bfbot.desk.joint import SIGNABLE, Joint, joint_of_message, joint_of_post
from bfbot.desk.owners_agreed import may_sign_for
from bfbot.domain.finding import Finding
from bfbot.domain.owner_sign_off import OwnerSignOff
from bfbot.domain.person import Person
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused, NotAllowed, UsageError
from bfbot.ledger import audit, owner_sign_offs, posts
from bfbot.library import current_revision
from bfbot.rules.approval import same_person
from bfbot.rules.joint_statements import missing_of, one_for_two, standing_for
from bfbot.rules.reading import plain

SIGNED, TAKEN_BACK = "signed for another", "sign-off taken back"
"""What the record of decisions calls them."""


def sign(
    subject: str, *, actor: str, now: datetime, said: str, owner: str = "", seen: str | None = None
) -> OwnerSignOff:
    """Somebody who approves for `owner` agrees to `post:ID` or `message:ID` as it is now, in their words.

    Without `owner`: the one for which it waits and they may sign. `seen`: the digest under which it was shown.
    Raises NotAllowed for its author, its approver and whoever does not approve for `owner`; ContentRefused for a
    post that names nobody else, was never sent for approval, has gone out, or is otherwise than it was shown.
    """
    if not said.strip():
        raise ContentRefused("A sign-off needs your words.", mend="Say that you agree, and on what ground.")
    revision = current_revision(now)
    with transaction.atomic():
        joint = _named(subject, revision)
        person = people.person(actor)
        chosen = _chosen(joint, owner, person, revision)
        if seen is not None and seen != joint.digest:
            raise ContentRefused("It was changed since you read it.", mend="Read it as it is now, then sign it.")
        if any(same_person(one.signer, actor) for one in standing_for(chosen, joint.signed)):
            raise ContentRefused(f"You signed it off for {chosen} already.")
        why = joint.barred(actor)
        if why:
            raise NotAllowed(why, mend=f"Somebody else who approves for {chosen} signs it off.")
        given = owner_sign_offs.add(
            owner=chosen, subject=subject, digest=joint.digest, signer=actor, said=said.strip(), now=now
        )
        if joint.post is not None and _says_it_is_missing(joint.post.note, chosen):
            posts.note(joint.post.id, "")
        detail = {"owner": chosen, "reason": said.strip(), "digest": joint.digest}
        audit.record(actor, SIGNED, subject, now, detail)
    return given


def take_back(subject: str, *, actor: str, now: datetime, owner: str = "", reason: str = "") -> OwnerSignOff:
    """Somebody who approves for that organisation takes its sign-off back, theirs or a colleague's.

    What was approved stays so, and is held at its time until it is signed off again. Raises ContentRefused where
    nothing is signed, or nothing of it is left to go out.
    """
    revision = current_revision(now)
    with transaction.atomic():
        joint = _named(subject, revision)
        person = people.person(actor)
        mine = [
            one
            for one in joint.signed
            if one.subject == subject
            and may_sign_for(person, one.owner, revision)
            and plain(owner) in {"", plain(one.owner)}
        ]
        if not mine:
            _refuse_strangers(joint, owner, person, revision)
            raise ContentRefused(
                f"No sign-off of {_spoken_of(subject)} itself is there to take back.",
                mend="What covers its evergreen post is taken back there.",
            )
        if len({plain(one.owner) for one in mine}) > 1:
            raise UsageError("Say for which organisation.", mend=_one_of({one.owner for one in mine}))
        for one in mine:
            owner_sign_offs.take_back(one.id, by=actor, now=now)
        if joint.post is not None:
            posts.note(joint.post.id, _withdrawn(mine[0].owner))
        detail = {"owner": mine[0].owner, "reason": reason.strip(), "signers": [one.signer for one in mine]}
        audit.record(actor, TAKEN_BACK, subject, now, detail)
    return mine[-1]


def by_one_person(message_id: str, actor: str, revision: Revision) -> tuple[Finding, ...]:
    """Refusals where `actor`, who would approve this evergreen post for repeat, is who signed it off."""
    joint = joint_of_message(message_id, revision)
    campaign = revision.campaigns[revision.messages[message_id].campaign]
    found = []
    for owner in joint.owners if joint is not None else ():
        signed = standing_for(owner, joint.signed) if joint is not None else []
        if signed and all(same_person(one.signer, actor) for one in signed):
            found.append(one_for_two(actor, owner, campaign))
    return tuple(found)


def _named(subject: str, revision: Revision) -> Joint:
    """Raises UsageError for what names nothing, ContentRefused for what speaks for one organisation alone, or
    cannot be signed off any more, or not yet."""
    kind, _, name = subject.partition(":")
    if kind == "message" and name in revision.messages:
        found = joint_of_message(name, revision)
    elif kind == "post" and name.isdecimal() and len(name) < 19:
        found = joint_of_post(_signable(posts.to_change(int(name))), revision)
    else:
        raise UsageError(
            f"“{subject}” is no post.", mend="Name it like post:12, or message:ID for an evergreen post."
        )
    if found is None:
        raise ContentRefused(f"No other organisation is named in {_spoken_of(subject)}.")
    return found


def _signable(post: Post) -> Post:
    if post.state not in SIGNABLE or not post.signature:
        raise ContentRefused(
            f"Post {post.id} is {_STANDS[post.state]}: what waits for approval or for its time is signed off.",
            mend="Send it for approval first." if post.state in _EARLY else "",
        )
    if not to_go(post):
        raise ContentRefused(
            f"Post {post.id} has gone out, or may be live.", mend="Delete it there, if it is live."
        )
    if not is_whole(post):
        raise ContentRefused(
            f"What is stored of post {post.id} is not what was sent for approval.",
            mend="Send it for approval again.",
        )
    return post


_EARLY = frozenset({PostState.DRAFT, PostState.REJECTED})
_STANDS = {
    PostState.DRAFT: "a draft",
    PostState.IN_REVIEW: "not written out yet",
    PostState.APPROVED: "not written out yet",
    PostState.REJECTED: "turned down",
    PostState.CLOSED: "done",
    PostState.WITHDRAWN: "cancelled",
}


def _chosen(joint: Joint, owner: str, person: Person, revision: Revision) -> str:
    """The organisation for which this person signs."""
    _refuse_strangers(joint, owner, person, revision)
    able = [one for one in joint.owners if may_sign_for(person, one, revision)]
    if owner:
        return next(one for one in able if plain(one) == plain(owner))
    waiting = [one for one in able if joint.waits_for(one)] or able
    if len(waiting) > 1:
        raise UsageError("It names more than one organisation that you approve for.", mend=_one_of(set(waiting)))
    return waiting[0]


def _refuse_strangers(joint: Joint, owner: str, person: Person, revision: Revision) -> None:
    named = [one for one in joint.owners if plain(owner) in {"", plain(one)}]
    if not named:
        raise ContentRefused(
            f"{owner} is not named in {_spoken_of(joint.subject)}.", mend=f"It names {', '.join(joint.owners)}."
        )
    if not any(may_sign_for(person, one, revision) for one in named):
        whom = " or ".join(named)
        raise NotAllowed(
            f"{person.name} does not approve for {whom}.", mend=f"Somebody who approves for {whom} signs it off."
        )


def _says_it_is_missing(note: str, owner: str) -> bool:
    """What was noted when an approver was refused for it, or when it was taken back."""
    return note == _withdrawn(owner) or missing_of(owner) in note


def _withdrawn(owner: str) -> str:
    """The post's note, for whoever has approved it or was about to."""
    return f"{owner} took its sign-off back: it does not go out until somebody signs it off for {owner} again."


def _one_of(owners: Iterable[str]) -> str:
    return f"Name one of {', '.join(sorted(owners))}."


def _spoken_of(subject: str) -> str:
    kind, _, name = subject.partition(":")
    return f"post {name}" if kind == "post" else f"the evergreen post “{name}”"
