"""Standing approvals: an approver signs what may come back without being asked each time."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.clips_ahead import clips_to_come, take_in_clips
from bfbot.desk.judging import Refused, preview
from bfbot.desk.other_owners import by_one_person
from bfbot.desk.proofing import campaign_of
from bfbot.desk.review import back_to_review
from bfbot.desk.signed import feed_digest, lapse_reason, message_digest, why_void, wording_of
from bfbot.domain.approval import StandingApproval
from bfbot.domain.finding import Moment
from bfbot.domain.localtime import local, wall_to_utc
from bfbot.domain.message import Message
from bfbot.domain.person import PLANNER, Role
from bfbot.domain.post import Origin
from bfbot.domain.revision import Revision
from bfbot.errors import UsageError
from bfbot.ledger import approvals, audit, posts
from bfbot.library import current_revision
from bfbot.rules.settled import claims_of
from bfbot.rules.verdict import stopping

__all__ = ["accounts_of", "in_force", "sign_feed", "sign_message", "take_back", "wording_of"]


def sign_message(
    message_id: str, *, actor: str, now: datetime, until: date, confirmed: str = ""
) -> StandingApproval:
    """Sign this version of an evergreen post for its campaign's accounts. Refused when a rule would stop it."""
    revision = current_revision(now)
    message = revision.messages.get(message_id)
    if message is None:
        raise UsageError(f"There is no evergreen post “{message_id}”.", mend="See messages/.")
    people.require(actor, Role.APPROVER, message.campaign)
    take_in_clips(message.media)
    accounts = accounts_of(message.campaign, revision)
    found = preview(
        campaign=message.campaign,
        accounts=accounts,
        wording=wording_of(message),
        at=_first_use(message, revision, now),
        now=now,
        origin=Origin.LIBRARY,
        message=message_id,
    ).findings
    stops = (*stopping(found, Moment.APPROVE, confirmed), *by_one_person(message_id, actor, revision))
    if stops:
        raise Refused(stops, where=message_id)
    digest = message_digest(message, revision, accounts)
    settled = claims_of(found) if confirmed.strip() else ()
    subject = f"message:{message_id}"
    return _sign(subject, message.campaign, accounts, digest, actor, until, confirmed, settled, revision, now)


def sign_feed(feed_id: str, *, actor: str, now: datetime, until: date, confirmed: str = "") -> StandingApproval:
    """Sign a feed's wording and accounts for automatic posting after its cancel window.

    `confirmed` is kept on record, and settles nothing: nobody has seen the figures that a feed will bring.
    """
    revision = current_revision(now)
    feed = revision.feeds.get(feed_id)
    if feed is None:
        raise UsageError(f"There is no feed “{feed_id}”.", mend="See schedules/feeds.yaml.")
    for campaign in feed.campaigns:
        people.require(actor, Role.APPROVER, campaign)
    digest = feed_digest(feed, revision, feed.accounts)
    return _sign(
        f"feed:{feed_id}", feed.campaigns[0], feed.accounts, digest, actor, until, confirmed, (), revision, now
    )


def in_force(now: datetime) -> list[StandingApproval]:
    """Those that cover something today."""
    revision = current_revision(now)
    return [one for one in approvals.standing() if lapse_reason(one, revision, now) is None]


def take_back(now: datetime) -> int:
    """Mark what has lapsed, and hand every post that waits under it to a person again; returns how many.

    A post that the planner wrote is written out anew first, from the evergreen post as it is now.
    """
    revision = current_revision(now)
    for one in approvals.standing():
        reason = lapse_reason(one, revision, now)
        if reason:
            _lapse(one, reason, now)
    taken = 0
    for post_id, given in approvals.resting_on_lapsed():
        with transaction.atomic():
            post = posts.to_change(post_id)
            why = why_void(given, post.accounts, revision, now)
            if why is None:
                continue
            message = revision.messages.get(post.message or "")
            anew = wording_of(message) if message is not None and post.author == PLANNER else None
            if anew is not None and clips_to_come(anew.media):
                continue  # until the clip is there; what asks at send holds the post meanwhile
            back_to_review(post, f"Approved for repeat no more: {why}.", wording=anew, now=now)
            taken += 1
    return taken


def accounts_of(campaign: str, revision: Revision) -> tuple[str, ...]:
    return tuple(one.id for one in revision.accounts.values() if campaign in one.campaigns)


def _first_use(message: Message, revision: Revision, now: datetime) -> datetime:
    """Now, or the first of its days where that is still to come."""
    if message.valid_from is None:
        return now
    return max(now, wall_to_utc(message.valid_from, time(12), campaign_of(message.campaign, revision).zone))


def _sign(
    subject: str,
    campaign: str,
    accounts: tuple[str, ...],
    digest: str,
    actor: str,
    until: date,
    confirmed: str,
    settled: tuple[str, ...],
    revision: Revision,
    now: datetime,
) -> StandingApproval:
    if until < local(now, campaign_of(campaign, revision).zone).date():
        raise UsageError("This approval would have ended already.", mend="Give a later last day.")
    with transaction.atomic():
        signed = approvals.sign_standing(
            subject=subject,
            campaign=campaign,
            accounts=accounts,
            digest=digest,
            signer=actor,
            until=until,
            confirmed=confirmed,
            settled=settled,
            now=now,
        )
        detail = {"until": until.isoformat(), "accounts": list(accounts), "confirmed": confirmed}
        audit.record(actor, "approved for repeat", subject, now, detail)
    return signed


def _lapse(one: StandingApproval, reason: str, now: datetime) -> None:
    with transaction.atomic():
        if approvals.lapse(one.subject, reason, now, only=one.id):
            audit.record("bfbot", "lapsed", one.subject, now, {"reason": reason, "signer": one.signer})
