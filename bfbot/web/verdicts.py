"""Whether each evergreen post could go out today: ready, or refused with the reason and the mend.

The rules are asked as for any other post, which draws its pictures. That takes a while the first time, so a
page spends no more than its patience on it and shows the rest as still being checked; the doubtful ones come
first. What was found holds for this version of the files and this day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock
from time import monotonic

from bfbot.desk.judging import preview
from bfbot.desk.owners_agreed import of_messages
from bfbot.desk.standing import accounts_of, wording_of
from bfbot.domain.fact import FactStatus
from bfbot.domain.finding import Finding, Level
from bfbot.domain.localtime import local
from bfbot.domain.message import Message
from bfbot.domain.post import Origin
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision
from bfbot.domain.wording import fact_ids
from bfbot.errors import BfbotError
from bfbot.ledger import sign_offs
from bfbot.media.clip_preparing import BeingPrepared
from bfbot.rules.verdict import confirmations, refusals


@dataclass(frozen=True)
class Verdict:
    """`word` is ready | confirm | refused; `why` are the findings behind it."""

    word: str
    why: tuple[Finding, ...]
    proofs: Mapping[str, Proof]


_known: dict[tuple[str, date, str], dict[str, Verdict]] = {}
_lock = Lock()


def verdicts(revision: Revision, now: datetime, patience: float) -> Mapping[str, Verdict]:
    """By message id, as far as `patience` (seconds) reached; at least one more than the last time."""
    key = (revision.digest, now.astimezone(UTC).date(), f"{_season(revision, now)} {_agreed(revision)}")
    with _lock:
        if key not in _known:
            _known.clear()
        found = _known.setdefault(key, {})
        until = monotonic() + patience
        for message in _doubtful_first(revision, now):
            if message.id not in found:
                try:
                    found[message.id] = verdict(message, revision, now)
                except BeingPrepared:
                    continue  # it is checked when its clip is there
                if monotonic() > until:
                    break
        return dict(found)


def _season(revision: Revision, now: datetime) -> str:
    """The pre-election periods that run, and how much was signed off for them: both change within a day."""
    running = [one.id for one in revision.periods.values() if one.runs_at(now)]
    return f"{running} {len(sign_offs.given(running))}" if running else ""


def _agreed(revision: Revision) -> str:
    """What other organisations have signed off, and whether it counts: that turns within a day, too."""
    return " ".join(f"{one.id}{one.lapsed}" for each in of_messages(revision).values() for one in each)


def verdict(message: Message, revision: Revision, now: datetime) -> Verdict:
    """What the rules say if it were submitted now, on all accounts of its campaign. Raises BeingPrepared."""
    try:
        seen = preview(
            campaign=message.campaign,
            accounts=accounts_of(message.campaign, revision),
            wording=wording_of(message),
            at=now,
            now=now,
            origin=Origin.LIBRARY,
            message=message.id,
        )
    except BeingPrepared:
        raise
    except BfbotError as error:
        return Verdict("refused", (Finding("made", Level.REFUSE, error.message, error.mend),), {})
    findings = (*_dates(message, revision, now), *seen.findings)
    if refusals(findings):
        return Verdict("refused", _once(refusals(findings)), seen.proofs)
    if confirmations(findings):
        return Verdict("confirm", _once(confirmations(findings)), seen.proofs)
    return Verdict("ready", (), seen.proofs)


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One thing to mend is told once, not once for each account."""
    return tuple({(one.message, one.mend): one for one in findings}.values())


def _dates(message: Message, revision: Revision, now: datetime) -> tuple[Finding, ...]:
    """Outside of its own dates the planner leaves it alone."""
    today = local(now, revision.campaigns[message.campaign].zone).date()
    if message.valid_from and today < message.valid_from:
        what, mend = f"It begins on {message.valid_from:%-d %B %Y}.", "Wait, or change its dates."
    elif message.valid_until and today > message.valid_until:
        what, mend = f"It ended on {message.valid_until:%-d %B %Y}.", "Change its dates, or take it out."
    else:
        return ()
    return (Finding("dates", Level.REFUSE, what, mend),)


def _doubtful_first(revision: Revision, now: datetime) -> list[Message]:
    today = now.date()

    def fine(message: Message) -> bool:
        named = {one for text in (message.text, *message.variants.values()) for one in fact_ids(text)}
        named |= {one.card for one in message.media if one.card}
        facts = [revision.facts[one] for one in named if one in revision.facts]
        return all(one.status is FactStatus.USABLE and not (one.expires and one.expires < today) for one in facts)

    return sorted(revision.messages.values(), key=fine)
