"""What is wrong now, and what of it has to be told. Pure: what is known and the time are passed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bfbot.alerts.seen import FeedSeen, KeySeen, Kind, ReviewSeen, Seen, Trouble
from bfbot.domain.sending import AccountStanding
from bfbot.domain.states import PERHAPS_EARLY, SOUGHT, UNTRACED, DeliveryState
from bfbot.domain.watching import HeldBack, Known, Stuck, Unapproved, Unsigned

APPROVE_BEFORE = timedelta(minutes=30)
"""A post that nobody approved is told this long before its time."""

PATIENCE = timedelta(minutes=2)
"""So long bfbot tries to find out by itself what became of a post, before it asks a person.

From the first request that may have made it live: under a key it is sent again each minute, for hours."""

GAP = timedelta(minutes=2)
"""What comes up within this time after a message waits for the next one. With PATIENCE: under five minutes."""

RELAPSE = timedelta(hours=1)
"""What goes away and is back within this time is not told again."""

FAILURES = 3
CLOCK_LATE = timedelta(minutes=1)
BACKUP_LATE = timedelta(hours=50)

KEY_BEFORE = timedelta(days=7)
"""So long before its last day people are told that an account's key runs out."""

_KINDS = {
    DeliveryState.UNKNOWN: Kind.UNKNOWN,
    DeliveryState.FAILED: Kind.FAILED,
    DeliveryState.MISSED: Kind.MISSED,
}


def troubles(seen: Seen, now: datetime) -> list[Trouble]:
    """The worst first."""
    found = [*_clock(seen), *(_stopped(one) for one in seen.stopped)]
    found += [_key(one, now) for one in seen.keys if now.date() >= one.until - KEY_BEFORE]
    found += [_stuck(one) for one in seen.stuck if not _may_settle_itself(one, now) and not _may_wait(one, now)]
    found += _early(one for one in seen.stuck if one.reason == UNTRACED and _may_wait(one, now))
    found += [_held(one) for one in seen.held]
    found += [_unapproved(one) for one in seen.unapproved]
    found += [_unsigned(one) for one in seen.unsigned]
    found += [_feed(one) for one in seen.feeds if _is_silent(one, now)]
    found += [_quiet(one) for one in seen.feeds if _is_quiet(one, now)]
    if seen.backup_at is not None and now - seen.backup_at > BACKUP_LATE:
        found.append(Trouble(Kind.BACKUP, "backup", "late", "/", at=seen.backup_at))
    found += [_review(one) for one in seen.reviews]
    return sorted(found, key=lambda one: _ORDER.index(one.kind))


_ORDER = list(Kind)


def to_notice(found: Iterable[Trouble], known: Mapping[str, Known], now: datetime) -> list[Trouble]:
    """Those that are new, or not what they were."""
    return [one for one in found if _is_news(one, known.get(one.key), now)]


def may_tell(last_message: datetime | None, now: datetime) -> bool:
    """Whether the next message may go out. A last one from the future was written before the clock was set."""
    return last_message is None or not last_message <= now < last_message + GAP


def _is_news(one: Trouble, before: Known | None, now: datetime) -> bool:
    if before is None or before.fingerprint != one.fingerprint:
        return True
    return before.over_at is not None and now - before.over_at > RELAPSE


def _may_settle_itself(one: Stuck, now: datetime) -> bool:
    if one.state is not DeliveryState.UNKNOWN:
        return False
    if one.reason == SOUGHT and now < one.due_at:
        return True
    return one.doubt_since is not None and timedelta() <= now - one.doubt_since < PATIENCE


def _may_wait(one: Stuck, now: datetime) -> bool:
    """In doubt since a restore, and not to go out for a while: told with the others of its account."""
    in_doubt = one.state is DeliveryState.UNKNOWN and one.reason in PERHAPS_EARLY
    return in_doubt and now < one.due_at - APPROVE_BEFORE


def _early(those: Iterable[Stuck]) -> list[Trouble]:
    """One an account, the same while there are any: a list that cannot be read may leave hundreds in doubt."""
    by_account: dict[str, list[Stuck]] = {}
    for one in those:
        by_account.setdefault(one.account, []).append(one)
    return [
        Trouble(
            kind=Kind.EARLY,
            key=f"early:{account}",
            fingerprint="untraced",
            path="/queue?show=stuck",
            of=f"{len(its)} post{'s' * (len(its) != 1)}",
            account=account,
            at=its[0].due_at,
            why=its[0].error,
        )
        for account, its in by_account.items()
    ]


def _stuck(one: Stuck) -> Trouble:
    return Trouble(
        kind=_KINDS[one.state],
        key=f"delivery:{one.delivery}",
        # Its error is left out: it may change with every look, and the trouble is the same. A new time is news.
        fingerprint=f"{one.state}:{one.reason}:{one.due_at.isoformat()}",
        path=f"/posts/{one.post}",
        of=one.text,
        account=one.account,
        post=one.post,
        at=one.due_at,
        why=one.error,
    )


def _unapproved(one: Unapproved) -> Trouble:
    return Trouble(
        kind=Kind.NOT_APPROVED,
        key=f"approval:{one.post}",
        fingerprint=one.due_at.isoformat(),
        path=f"/posts/{one.post}",
        of=one.text,
        post=one.post,
        at=one.due_at,
        why=" and ".join(one.unsigned),
    )


def _unsigned(one: Unsigned) -> Trouble:
    owners = " and ".join(one.owners)
    return Trouble(
        kind=Kind.NOT_SIGNED,
        key=f"signature:{one.post}",
        fingerprint=f"{owners}:{one.due_at.isoformat()}",
        path=f"/posts/{one.post}",
        of=one.text,
        post=one.post,
        at=one.due_at,
        why=owners,
    )


def _held(one: HeldBack) -> Trouble:
    """Its words are left out of the fingerprint: they may tell the hour, and the trouble is the same."""
    return Trouble(
        kind=Kind.HELD,
        key=f"held:{one.delivery}",
        fingerprint=f"{one.named}:{one.due_at.isoformat()}",
        path=f"/posts/{one.post}",
        of=one.text,
        account=one.account,
        post=one.post,
        at=one.due_at,
        why=one.why,
        until=one.closes_at,
    )


def _stopped(one: AccountStanding) -> Trouble:
    stopped_at = one.stopped_at.isoformat() if one.stopped_at else ""
    return Trouble(
        kind=Kind.ACCOUNT,
        key=f"account:{one.account}",
        fingerprint=stopped_at,
        path="/",
        of=one.account,
        account=one.account,
        at=one.stopped_at,
        why=one.stopped_reason,
    )


def _key(one: KeySeen, now: datetime) -> Trouble:
    how = "over" if now.date() > one.until else "soon"
    return Trouble(
        kind=Kind.KEY,
        key=f"key:{one.account}",
        fingerprint=f"{how}:{one.until}",
        path="/",
        of=one.account,
        account=one.account,
        why=how,
        day=one.until,
    )


def _is_silent(one: FeedSeen, now: datetime) -> bool:
    """Given up, failing again and again, or not even tried although nothing pauses it."""
    if one.disabled or one.failures >= FAILURES:
        return True
    if one.failures:
        return one.read_at is not None and now - one.read_at > _overdue(one)
    return one.tried_at is not None and now - one.tried_at > _overdue(one) and not one.paused


def _overdue(one: FeedSeen) -> timedelta:
    return max(6 * one.every, timedelta(hours=1))


def _is_quiet(one: FeedSeen, now: datetime) -> bool:
    """It answers, and brings nothing for longer than is usual. Only what was read lately says so."""
    if one.silent_since is None or one.long is None or one.paused or one.read_at is None:
        return False
    return now - one.silent_since > one.long and now - one.read_at <= _overdue(one)


def _quiet(one: FeedSeen) -> Trouble:
    since = one.silent_since.isoformat() if one.silent_since else ""
    return Trouble(Kind.QUIET, f"quiet:{one.feed}", since, "/news", of=one.feed, at=one.silent_since)


def _feed(one: FeedSeen) -> Trouble:
    how = "disabled" if one.disabled else "failing" if one.failures else "not read"
    why = one.disabled or one.error
    return Trouble(Kind.FEED, f"feed:{one.feed}", how, "/news", of=one.feed, at=one.read_at, why=why)


def _review(one: ReviewSeen) -> Trouble:
    """Told once a date: a statistic that was looked at since is not news about the others."""
    day = one.day.isoformat()
    return Trouble(Kind.REVIEW, f"review:{day}", day, "/statistics", of=", ".join(one.facts), day=one.day)


def _clock(seen: Seen) -> list[Trouble]:
    if seen.clock_age is None or seen.clock_age <= CLOCK_LATE:
        return []
    return [Trouble(Kind.CLOCK, "clock", "late", "/", why=f"{int(seen.clock_age.total_seconds() // 60)} min")]
