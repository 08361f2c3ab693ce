"""What people decide about a pre-election period: keep something by name, and explain it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from bfbot.desk import people, review, writing
from bfbot.desk.season_effects import Affected, affected, period_named
from bfbot.desk.signing_off import digest_of
from bfbot.domain.localtime import local
from bfbot.domain.person import Role
from bfbot.domain.post import Post, Wording
from bfbot.domain.season import SignOff
from bfbot.errors import ContentRefused, NotAllowed, UsageError
from bfbot.ledger import audit, posts, sign_offs
from bfbot.library import current_revision
from bfbot.rules.approval import same_person

EXPLANATION = (
    "Until {last} we post less than usual and stay clear of politics, as public bodies do before an election. "
    "Information about services goes on."
)


def keep(period_id: str, subject: str, *, actor: str, now: datetime, said: str) -> SignOff:
    """An approver answers by name for a post (`post:ID`) or an evergreen post (`message:ID`) as it is now.

    Raises ContentRefused for what no sign-off lets pass, NotAllowed for the author's own post.
    """
    if not said.strip():
        raise ContentRefused("A sign-off needs your words.", mend="Say why this may go out before an election.")
    with transaction.atomic():
        found = next((one for one in affected(period_id, now, subject) if one.subject == subject), None)
        if found is None:
            raise ContentRefused(f"“{subject}” is not affected by this period.", mend="See `bfbot season show`.")
        people.require(actor, Role.APPROVER, found.campaign)
        if not found.may_keep:
            raise ContentRefused(" ".join(str(one) for one in found.why), mend="Rewrite it, or cancel it.")
        digest = _digest(found, actor, now)
        detail = {"period": period_id, "reason": said.strip(), "digest": digest}
        audit.record(actor, "signed off", subject, now, detail)
        return sign_offs.add(
            period=period_id, subject=subject, digest=digest, signer=actor, said=said.strip(), now=now
        )


def explain(period_id: str, *, campaign: str, actor: str, now: datetime, accounts: tuple[str, ...] = ()) -> Post:
    """A post that tells the public why there is less to read, written out and laid before an approver.

    It is planned for the start of the period, or for now. `accounts` empty: all of the campaign's.
    """
    revision = current_revision(now)
    period = period_named(period_id, revision)
    if period.ends_at <= now or not period.is_about(campaign):
        raise UsageError(
            f"“{period.name}” is over, or is not about this campaign.", mend="See `bfbot season list`."
        )
    last = local(period.ends_at - timedelta(seconds=1), period.zone)
    text = (period.explanation or EXPLANATION).replace("{last}", f"{last:%-d %B %Y}")
    everywhere = tuple(one.id for one in revision.accounts.values() if campaign in one.campaigns)
    at = max(now, period.starts_at)
    post = writing.write(
        campaign=campaign,
        accounts=accounts or everywhere,
        wording=Wording(text),
        at=at,
        actor=actor,
        now=now,
        note=f"Explains “{period.name}” to the public.",
    )
    return review.submit(post.id, actor=actor, now=now)


def _digest(found: Affected, actor: str, now: datetime) -> str:
    if found.number is None:
        return digest_of(found.subject.partition(":")[2], current_revision(now))
    post = posts.to_change(found.number)
    if same_person(actor, post.author):
        raise NotAllowed(f"{actor} wrote post {post.id}.", mend="Another approver signs it off.")
    if not post.signature:
        raise ContentRefused(f"Post {post.id} has not been sent for approval.", mend="Send it for approval first.")
    return post.signature
