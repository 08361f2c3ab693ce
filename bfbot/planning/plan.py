"""Fill the posting times of the days ahead, each once, through the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from bfbot.desk.automatic import post_from_message
from bfbot.desk.clips_ahead import clips_to_come
from bfbot.desk.standing import take_back
from bfbot.domain.message import Message
from bfbot.domain.revision import Revision
from bfbot.errors import ContentRefused
from bfbot.ledger import occurrences as ledger
from bfbot.ledger.turns import Turn, wait_for
from bfbot.library import current_revision
from bfbot.planning.occurrences import Occurrence, occurrences
from bfbot.planning.rotation import SPREAD, Use, candidates
from bfbot.rules.quiet import is_quiet

AHEAD = timedelta(days=7)
"""How far ahead the team sees what is planned."""

CLIPS_WAIT = timedelta(hours=3)
"""Posting times that are further away wait for a clip that is being prepared; nearer ones go without it."""

LAST_LOOK = timedelta(minutes=1)
"""A posting time that nothing can fill so long before it comes is written down as empty."""

NOTHING_FREE = "No evergreen post is free for this posting time: each rests, is refused or is of another kind."

_tried: dict[tuple[str, str], datetime] = {}
"""Posting times that these files could not fill: looked at again when the files change, or when they come."""


@dataclass
class _Uses:
    """What was said and is planned since then; read anew when somebody else laid down a post meanwhile."""

    since: datetime
    newest: int = -1
    known: list[Use] = field(default_factory=list)

    def look(self) -> list[Use]:
        newest = ledger.newest_post()
        if newest != self.newest:
            rows = ledger.uses(self.since)
            self.known = [Use(row.message, row.pillar, row.text, row.accounts, row.at) for row in rows]
            self.newest = newest
        return self.known

    def add(self, message: Message, one: Occurrence, post_id: int) -> None:
        accounts = frozenset(one.slot.accounts)
        self.known.append(Use(message.id, message.pillar, message.text, accounts, one.moment))
        self.newest = post_id


def plan_ahead(now: datetime, ahead: timedelta = AHEAD) -> int:
    """Plan what comes due in `ahead`; returns how many posts were laid down.

    First, posts whose approval for repeat has lapsed go back to a person. A posting time in a quiet time is
    passed over. One that nothing can fill is tried again when the files change, and written down as empty once
    it is less than a minute away. While a clip of the library is being prepared, only the next hours are filled.
    """
    take_back(now)
    revision = current_revision(now)
    longest = max((message.rest_days for message in revision.messages.values()), default=0)
    uses = _Uses(now - max(timedelta(days=longest), SPREAD))
    planned, to_come = 0, None
    for key in [one for one, moment in _tried.items() if moment < now]:
        _tried.pop(key, None)
    for one in _open(revision, now, now + ahead):
        if (revision.digest, one.key) in _tried and one.moment - now > LAST_LOOK:
            continue
        if to_come is None:
            to_come = clips_to_come(use for message in revision.messages.values() for use in message.media)
        if to_come and one.moment - now > CLIPS_WAIT:
            continue
        if _fill(one, revision, uses, now):
            planned += 1
        elif not to_come:
            _tried[revision.digest, one.key] = one.moment
    return planned


def gaps(now: datetime, ahead: timedelta = AHEAD) -> list[Occurrence]:
    """Posting times to come that have no post yet, in order: after `plan_ahead`, those that nothing can fill.

    What has come and stayed empty is in `bfbot.ledger.occurrences.starved`.
    """
    return _open(current_revision(now), now, now + ahead)


def _open(revision: Revision, from_time: datetime, until: datetime) -> list[Occurrence]:
    """Occurrences outside of quiet times whose key is unused, in the order of their moments."""
    coming = [
        one
        for slot in revision.slots.values()
        for one in occurrences(slot, revision.campaigns[slot.campaign].zone, from_time, until)
    ]
    quiet = revision.quiet_times.values()
    awake = [one for one in coming if not is_quiet(quiet, one.slot.campaign, one.moment, _zone(one, revision))]
    used = ledger.used_keys(one.key for one in awake)
    return sorted((one for one in awake if one.key not in used), key=lambda one: (one.moment, one.key))


def _fill(one: Occurrence, revision: Revision, uses: _Uses, now: datetime) -> bool:
    """Give the posting time to the first candidate that no rule refuses. One planner chooses at a time."""
    with transaction.atomic():
        wait_for(Turn.PLANNING)
        if ledger.used_keys([one.key]):
            return False
        zone = _zone(one, revision)
        for message in candidates(revision.messages.values(), one.slot, one.moment, zone, uses.look()):
            try:
                with transaction.atomic():
                    _take(one, now)
                    post = post_from_message(
                        message.id, slot=one.slot, occurrence_key=one.key, moment=one.moment, now=now
                    )
            except ContentRefused:
                continue  # the library page shows why; the next candidate has its turn
            uses.add(message, one, post.id)
            return True
        if one.moment - now <= LAST_LOOK:
            _take(one, now, NOTHING_FREE)
    return False


def _take(one: Occurrence, now: datetime, outcome: str = "") -> bool:
    return ledger.use_key(
        one.key, slot=one.slot.id, campaign=one.slot.campaign, moment=one.moment, now=now, outcome=outcome
    )


def _zone(one: Occurrence, revision: Revision) -> str:
    return revision.campaigns[one.slot.campaign].zone
