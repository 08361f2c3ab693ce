"""Standing approvals: an approver signs what may come back without being asked each time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.judging import Refused, preview
from bfbot.desk.proofing import campaign_of
from bfbot.domain.approval import StandingApproval
from bfbot.domain.finding import Moment
from bfbot.domain.localtime import local
from bfbot.domain.message import Message
from bfbot.domain.person import Role
from bfbot.domain.post import Origin, Wording
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Feed
from bfbot.domain.wording import fact_ids
from bfbot.errors import UsageError
from bfbot.ledger import approvals, audit
from bfbot.library import current_revision
from bfbot.rules.verdict import stopping


def sign_message(
    message_id: str, *, actor: str, now: datetime, until: date, confirmed: str = ""
) -> StandingApproval:
    """Sign this version of an evergreen post for its campaign's accounts. Refused when a rule would stop it."""
    revision = current_revision(now)
    message = revision.messages.get(message_id)
    if message is None:
        raise UsageError(f"There is no evergreen post “{message_id}”.", mend="See messages/.")
    people.require(actor, Role.APPROVER, message.campaign)
    accounts = accounts_of(message.campaign, revision)
    found = preview(
        campaign=message.campaign,
        accounts=accounts,
        wording=wording_of(message),
        at=now,
        now=now,
        origin=Origin.LIBRARY,
    ).findings
    stops = stopping(found, Moment.APPROVE, confirmed)
    if stops:
        raise Refused(stops, where=message_id)
    return _sign(
        f"message:{message_id}",
        message.campaign,
        accounts,
        message_digest(message, revision),
        actor,
        until,
        confirmed,
        now,
    )


def sign_feed(feed_id: str, *, actor: str, now: datetime, until: date, confirmed: str = "") -> StandingApproval:
    """Sign a feed's wording and accounts for automatic posting after its cancel window."""
    revision = current_revision(now)
    feed = revision.feeds.get(feed_id)
    if feed is None:
        raise UsageError(f"There is no feed “{feed_id}”.", mend="See schedules/feeds.yaml.")
    for campaign in feed.campaigns:
        people.require(actor, Role.APPROVER, campaign)
    return _sign(
        f"feed:{feed_id}",
        feed.campaigns[0],
        feed.accounts,
        feed_digest(feed, revision),
        actor,
        until,
        confirmed,
        now,
    )


def in_force(now: datetime) -> list[StandingApproval]:
    """Those that cover something today; what lapsed since is marked so on the way."""
    revision = current_revision(now)
    return [one for one in approvals.standing() if _lapse_reason(one, revision, now) is None]


def for_subject(
    subject: str, accounts: Iterable[str], revision: Revision, now: datetime
) -> StandingApproval | None:
    """The signature that covers `message:ID` or `feed:ID` on all of `accounts` as they stand, if any."""
    for one in approvals.standing(subject):
        reason = _lapse_reason(one, revision, now)
        if reason:
            with transaction.atomic():
                approvals.lapse(subject, reason, now)
                audit.record("bfbot", "lapsed", subject, now, {"reason": reason, "signer": one.signer})
        elif set(accounts) <= set(one.accounts):
            return one
    return None


def message_digest(message: Message, revision: Revision) -> str:
    """sha256 over the message and the facts it uses: a change of either voids the signature."""
    texts = (message.text, *message.variants.values())
    named = {one for text in texts for one in fact_ids(text)} | {one.card for one in message.media if one.card}
    facts = [asdict(revision.facts[one]) for one in sorted(named) if one in revision.facts]
    return _digest([asdict(message), facts])


def feed_digest(feed: Feed, revision: Revision) -> str:
    """sha256 over the feed's address, accounts, cancel window and wording."""
    template = revision.templates.get(feed.template)
    return _digest([asdict(feed), asdict(template) if template else None])


def wording_of(message: Message) -> Wording:
    return Wording(text=message.text, variants=message.variants, media=message.media, link=message.link)


def accounts_of(campaign: str, revision: Revision) -> tuple[str, ...]:
    return tuple(one.id for one in revision.accounts.values() if campaign in one.campaigns)


def _sign(
    subject: str,
    campaign: str,
    accounts: tuple[str, ...],
    digest: str,
    actor: str,
    until: date,
    confirmed: str,
    now: datetime,
) -> StandingApproval:
    if until < now.date():
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
            now=now,
        )
        detail = {"until": until.isoformat(), "accounts": list(accounts), "confirmed": confirmed}
        audit.record(actor, "approved for repeat", subject, now, detail)
    return signed


def _lapse_reason(one: StandingApproval, revision: Revision, now: datetime) -> str | None:
    """Why a signature no longer covers what it was put under; None when it does."""
    kind, _, subject_id = one.subject.partition(":")
    thing = revision.messages.get(subject_id) if kind == "message" else revision.feeds.get(subject_id)
    if thing is None:
        return "it is no longer in the files"
    if local(now, campaign_of(one.campaign, revision).zone).date() > one.until:
        return f"it ended on {one.until:%-d %B %Y}"
    digest = message_digest(thing, revision) if isinstance(thing, Message) else feed_digest(thing, revision)
    return None if digest == one.digest else "what was signed has changed"


def _digest(thing: object) -> str:
    text = json.dumps(thing, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset | set) else str(value)
