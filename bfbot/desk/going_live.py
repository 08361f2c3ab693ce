"""An account goes live: an approver vouches for the statistics, one person asks, another confirms. And back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bfbot.config import config
from bfbot.desk import people
from bfbot.desk.muted import is_practice
from bfbot.desk.proofing import account_of
from bfbot.desk.where_used import local_today
from bfbot.domain.fact import Fact
from bfbot.domain.going_live import Condition, Evidence, Stage, conditions, digest_of, overdue, to_meet
from bfbot.domain.person import Person, Role
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account
from bfbot.domain.states import DeliveryState
from bfbot.domain.wording import cited_in
from bfbot.errors import ContentRefused, NotAllowed, UsageError
from bfbot.ledger import audit, deliveries, releases
from bfbot.ledger import going_live as ledger
from bfbot.ledger.turns import Turn, wait_for
from bfbot.library import current_revision
from bfbot.rules.approval import same_person
from bfbot.rules.facts import unusable

MUTED = "muted"
"""Why a post was missed, in short: it fell due while its account was muted."""


@dataclass(frozen=True)
class Standing:
    """An account as it stands. `waiting`: approved posts that would go out on it by themselves. A practice channel
    is never muted, and has no conditions."""

    account: Account
    practice: bool
    stage: Stage
    conditions: tuple[Condition, ...] = ()
    waiting: int = 0

    @property
    def muted(self) -> bool:
        return not self.practice and self.stage.live_since is None


def standing(account_id: str, now: datetime) -> Standing:
    """Raises UsageError where the team's files have no such account."""
    revision = current_revision(now)
    return _standing([account_of(account_id, revision)], revision, now)[0]


def every_account(now: datetime) -> list[Standing]:
    """In the order of the files."""
    revision = current_revision(now)
    return _standing(revision.accounts.values(), revision, now)


def statistics_of(account: Account, revision: Revision, now: datetime) -> tuple[Fact, ...]:
    """The usable ones that evergreen posts of its campaigns name; what may not be used does not go out anyway."""
    mine = [one for one in revision.messages.values() if one.campaign in account.campaigns]
    named = {fact for one in mine for fact in cited_in(one)}
    today = local_today(now)
    return tuple(one for one in revision.facts.values() if one.id in named and not unusable(one, today))


def vouch(account_id: str, *, actor: str, now: datetime) -> Standing:
    """An approver says that the statistics of its campaigns were reviewed. It holds for them as they are now."""
    revision = current_revision(now)
    account = _real(account_id, revision)
    _require(actor, Role.APPROVER, account)
    facts = statistics_of(account, revision, now)
    late = overdue(facts, local_today(now))
    if late:
        raise ContentRefused(
            f"These should have been reviewed by now: {', '.join(late)}.",
            mend="Check them against their sources and give them a new review_by in messages/ first.",
        )
    with transaction.atomic():
        ledger.review(account.id, actor, {one.id: digest_of(one) for one in facts}, now)
        detail = {"statistics": [one.id for one in facts]}
        audit.record(actor, "statistics reviewed", f"account:{account.id}", now, detail)
    return standing(account_id, now)


def ask(account_id: str, *, actor: str, now: datetime) -> Standing:
    """The first of two people asks that it goes live. Raises ContentRefused with all that is not met yet."""
    account = _real(account_id, current_revision(now))
    _require(actor, Role.AUTHOR, account)
    with transaction.atomic():
        wait_for(Turn.STOPPING)
        found = standing(account_id, now)
        _not_live(found)
        _all_met(found, "It cannot go live yet.")
        if not ledger.ask(account.id, actor, now):
            raise ContentRefused(
                f"{found.stage.asked_by} has asked already.",
                mend=f"An approver other than {found.stage.asked_by} confirms it.",
            )
        audit.record(actor, "asked to go live", f"account:{account.id}", now, _as_it_was(found))
    return standing(account_id, now)


def confirm(account_id: str, *, actor: str, now: datetime) -> Standing:
    """An approver who did not ask lets it go live. What fell due meanwhile is missed: nothing comes in a burst.

    Everything is looked at again: what changed since somebody asked refuses it, and is named.
    """
    account = _real(account_id, current_revision(now))
    _require(actor, Role.APPROVER, account)
    with transaction.atomic():
        wait_for(Turn.STOPPING)
        found = standing(account_id, now)
        _not_live(found)
        asked_by = found.stage.asked_by
        if not asked_by:
            raise ContentRefused("Nobody has asked that it goes live.", mend="Somebody else asks first.")
        if same_person(actor, asked_by):
            raise NotAllowed(f"{actor} asked for this, and cannot confirm it.", mend="Another approver confirms.")
        _all_met(found, f"Since {asked_by} asked, something has changed.")
        missed = _miss(account.id, now)
        ledger.go_live(account.id, actor, now)
        detail = {"asked_by": asked_by, "missed": missed, **_as_it_was(found)}
        audit.record(actor, "went live", f"account:{account.id}", now, detail)
    return standing(account_id, now)


def mute(account_id: str, *, actor: str, now: datetime, reason: str) -> Standing:
    """Any approver of one of its campaigns takes it back, or takes back that somebody asks; the reason is kept.

    Whatever was on its way in this moment may come out yet; nothing else goes out on it by itself.
    """
    account = _real(account_id, current_revision(now))
    person = people.require(actor, Role.APPROVER, None)
    if not _may_mute(person, account):
        people.require(actor, Role.APPROVER, account.campaigns[0])
    if not reason.strip():
        raise UsageError("Muting an account needs a reason: the team will read it.", mend="Give one.")
    with transaction.atomic():
        wait_for(Turn.STOPPING)
        if not ledger.take_back(account.id, actor, reason.strip(), now):
            raise ContentRefused(f"{account.id} is muted already.", mend="Nothing goes out on it by itself.")
        audit.record(actor, "muted", f"account:{account.id}", now, {"reason": reason.strip()})
    return standing(account_id, now)


def _standing(accounts: Iterable[Account], revision: Revision, now: datetime) -> list[Standing]:
    listed = list(accounts)
    stages = ledger.stages(one.id for one in listed)
    waiting = ledger.waiting_by_itself([one.id for one in listed])
    found = []
    for one in listed:
        practice, stage = is_practice(one.platform), stages[one.id]
        needs = () if practice else conditions(_evidence(one, stage, revision, now))
        found.append(Standing(one, practice, stage, needs, waiting.get(one.id, 0)))
    return found


def _evidence(account: Account, stage: Stage, revision: Revision, now: datetime) -> Evidence:
    feeds = [one.id for one in revision.feeds.values() if account.id in one.accounts]
    memories = releases.memories() if feeds else {}
    return Evidence(
        today=local_today(now),
        zone=config().timezone,
        stage=stage,
        facts=statistics_of(account, revision, now),
        reviewed=ledger.reviewed(account.id, stage.seen_at),
        tried=ledger.tried_pause(account.id, account.campaigns, stage.seen_at),
        feeds={one: memories[one].primed_at if one in memories else None for one in feeds},
        first_post=ledger.first_post(account.id, stage.seen_at),
    )


def _real(account_id: str, revision: Revision) -> Account:
    account = account_of(account_id, revision)
    if is_practice(account.platform):
        raise ContentRefused(
            f"{account_id} is a practice channel: it is never muted, and nothing on it leaves this computer.",
            mend="Only accounts on real networks go live.",
        )
    return account


def _require(actor: str, role: Role, account: Account) -> None:
    for campaign in account.campaigns:
        people.require(actor, role, campaign)


def _may_mute(person: Person, account: Account) -> bool:
    return any(person.may(Role.APPROVER, campaign) for campaign in account.campaigns)


def _not_live(found: Standing) -> None:
    if not found.muted:
        raise ContentRefused(f"{found.account.id} is live already.", mend="There is nothing to decide.")


def _all_met(found: Standing, first: str) -> None:
    missing = to_meet(found.conditions)
    if missing:
        raise ContentRefused(
            " ".join([first, *(one.why for one in missing)]), mend=" ".join(one.todo for one in missing)
        )


def _as_it_was(found: Standing) -> dict[str, object]:
    """What the decision rested on."""
    return {"conditions": {str(one.need): one.why for one in found.conditions if one.met}}


def _miss(account: str, now: datetime) -> int:
    """What fell due while it was muted is for people to re-date or to cancel."""
    due = [deliveries.get(one) for one in ledger.due_by_itself(account, now)]
    for one in due:
        why = "Not sent: its time came while the account was muted."
        deliveries.move(one, DeliveryState.MISSED, reason=MUTED, error=why)
    return len(due)
