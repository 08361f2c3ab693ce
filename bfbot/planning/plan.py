"""Fill the posting times of the days ahead, each once, through the desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from bfbot.desk.automatic import post_from_message
from bfbot.domain.revision import Revision
from bfbot.errors import ContentRefused
from bfbot.ledger import occurrences as ledger
from bfbot.library import current_revision
from bfbot.planning.occurrences import Occurrence, occurrences
from bfbot.planning.rotation import Use, candidates
from bfbot.rules.quiet import is_quiet

AHEAD = timedelta(days=7)
"""How far ahead the team sees what is planned."""

NOTHING_FREE = "No evergreen post is free for this posting time: each rests, is refused or is of another kind."

_tried: set[tuple[int, str]] = set()
"""Posting times that this revision could not fill: looked at again when the files change, or when they come."""


def plan_ahead(now: datetime, ahead: timedelta = AHEAD) -> int:
    """Plan what comes due in `ahead`; returns how many posts were laid down.

    A posting time in a quiet time is passed over. One that nothing can fill is tried again when the files
    change, and written down as empty once it is less than a minute away.
    """
    revision = current_revision(now)
    planned = 0
    for one in _open(revision, now, now + ahead):
        if is_quiet(revision.quiet_times.values(), one.slot.campaign, one.moment, _zone(one, revision)):
            continue
        if (revision.number, one.key) in _tried and one.moment - now > timedelta(minutes=1):
            continue
        if _fill(one, revision, now):
            planned += 1
        else:
            _tried.add((revision.number, one.key))
    return planned


def _open(revision: Revision, from_time: datetime, until: datetime) -> list[Occurrence]:
    """Occurrences whose key is unused, in the order of their moments."""
    coming = [
        one
        for slot in revision.slots.values()
        for one in occurrences(slot, revision.campaigns[slot.campaign].zone, from_time, until)
    ]
    used = ledger.used_keys(one.key for one in coming)
    return sorted((one for one in coming if one.key not in used), key=lambda one: (one.moment, one.key))


def _fill(one: Occurrence, revision: Revision, now: datetime) -> bool:
    """Give the posting time to the first candidate that no rule refuses."""
    longest = max((message.rest_days for message in revision.messages.values()), default=0)
    uses = [
        Use(row.message, row.pillar, row.text, row.accounts, row.at)
        for row in ledger.uses(one.moment - timedelta(days=max(longest, 28)))
    ]
    for message in candidates(revision.messages.values(), one.slot, one.moment, _zone(one, revision), uses):
        try:
            with transaction.atomic():
                if not _take(one, now):
                    return False
                post_from_message(message.id, slot=one.slot, occurrence_key=one.key, moment=one.moment, now=now)
        except ContentRefused:
            continue  # the library page shows why; the next candidate has its turn
        return True
    if one.moment - now <= timedelta(minutes=1):
        _take(one, now, NOTHING_FREE)
    return False


def _take(one: Occurrence, now: datetime, outcome: str = "") -> bool:
    return ledger.use_key(
        one.key, slot=one.slot.id, campaign=one.slot.campaign, moment=one.moment, now=now, outcome=outcome
    )


def _zone(one: Occurrence, revision: Revision) -> str:
    return revision.campaigns[one.slot.campaign].zone
