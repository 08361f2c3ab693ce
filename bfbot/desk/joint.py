"""What names another organisation: posts that wait or are approved, and evergreen posts, with who signed them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bfbot.desk import owners_agreed
from bfbot.desk.binding import to_go
from bfbot.desk.laid_out import laid_out
from bfbot.desk.named_in_messages import owners_in
from bfbot.desk.owners_agreed import may_sign_for
from bfbot.desk.signing_off import digest_of
from bfbot.domain.owner_sign_off import OwnerSignOff
from bfbot.domain.person import Person
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_DELIVERY, PostState
from bfbot.errors import BfbotError
from bfbot.ledger import approvals
from bfbot.rules.approval import same_person
from bfbot.rules.joint_statements import named_owners, standing_for

SIGNABLE = frozenset({PostState.IN_REVIEW, PostState.APPROVED})


@dataclass(frozen=True)
class Joint:
    """A post (`post`), or the evergreen post `message`, that names other `owners`; `signed` are its sign-offs.

    `digest` says which version. `approver`: who has approved it for its own organisation, "" for nobody.
    """

    subject: str
    campaign: str
    owners: tuple[str, ...]
    digest: str
    author: str
    approver: str
    signed: tuple[OwnerSignOff, ...]
    post: Post | None = None
    message: str | None = None

    def waits_for(self, owner: str) -> bool:
        return not standing_for(owner, self.signed)

    @property
    def waiting(self) -> tuple[str, ...]:
        return tuple(one for one in self.owners if self.waits_for(one))

    def barred(self, name: str) -> str:
        """Why this person cannot sign it off whomever they approve for; "" where they can."""
        if self.author and same_person(name, self.author):
            return f"{name} wrote or last changed it."
        if self.approver and same_person(name, self.approver):
            return f"{name} approved it for its own organisation: two people of two organisations sign."
        for one in self.signed:
            if not one.lapsed and same_person(name, one.signer):
                return f"{name} signed it off for {one.owner}: each organisation is spoken for by another person."
        return ""


def joint_of_post(post: Post, revision: Revision) -> Joint | None:
    """None where it names nobody else, or is not there to be signed off."""
    if post.state not in SIGNABLE or not post.signature or post.campaign not in revision.campaigns:
        return None
    return _of_post(post, revision)


def joint_of_message(message_id: str, revision: Revision) -> Joint | None:
    """None where it names nobody else."""
    return _of_message(message_id, revision, owners_agreed.of_messages(revision).get(message_id, ()))


def open_joints(found: Iterable[Post], revision: Revision, now: datetime) -> list[Joint]:
    """Those of `found` that may still go out and name another organisation, then the evergreen posts that do."""
    queued = [joint_of_post(one, revision) for one in found if _in_time(one, now)]
    agreed = owners_agreed.of_messages(revision)
    evergreen = [_of_message(one, revision, agreed.get(one, ())) for one in revision.messages]
    return [one for one in (*queued, *evergreen) if one is not None]


def waiting_for(person: Person, found: Iterable[Joint], revision: Revision) -> list[tuple[Joint, str]]:
    """What this person may sign off now, and for which organisation."""
    return [
        (one, owner)
        for one in found
        for owner in one.waiting
        if may_sign_for(person, owner, revision) and not one.barred(person.name)
    ]


def concerns(person: Person, post: Post, revision: Revision) -> bool:
    """Whether they approve for an organisation that this waiting or approved post names: they may read it."""
    joint = joint_of_post(post, revision)
    return joint is not None and any(may_sign_for(person, one, revision) for one in joint.owners)


def _in_time(post: Post, now: datetime) -> bool:
    return any(one.state in OPEN_DELIVERY and one.closes_at > now for one in to_go(post))


def _of_post(post: Post, revision: Revision) -> Joint | None:
    try:
        case = laid_out(post, revision, post.scheduled_for)
    except BfbotError:  # its campaign left the files: nothing of it goes out
        return None
    owners = tuple(dict.fromkeys(one.owner for one in named_owners(case)))
    if not owners:
        return None
    given = approvals.standing_on(post.id)
    return Joint(
        subject=f"post:{post.id}",
        campaign=post.campaign,
        owners=owners,
        digest=post.signature,
        author=post.author,
        approver=given.approver if given else "",
        signed=owners_agreed.of_post(post, revision),
        post=post,
    )


def _of_message(message_id: str, revision: Revision, signed: tuple[OwnerSignOff, ...]) -> Joint | None:
    message = revision.messages[message_id]
    owners = owners_in(message, revision)
    if not owners:
        return None
    subject, digest = f"message:{message_id}", digest_of(message_id, revision)
    given = next((one for one in approvals.standing(subject) if one.digest == digest), None)
    approver = given.signer if given else ""
    return Joint(subject, message.campaign, owners, digest, "", approver, signed, message=message_id)
