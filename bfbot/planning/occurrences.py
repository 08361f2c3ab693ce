"""The moments that a posting time brings, right over clock changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bfbot.domain.localtime import local, wall_to_utc
from bfbot.domain.schedule import Slot


@dataclass(frozen=True)
class Occurrence:
    """One coming of a slot. `key` is the slot and its local wall time: on the night the clocks go back, when
    01:30 comes twice, it is one key, so the slot comes once. `moment` is UTC."""

    key: str
    slot: Slot
    moment: datetime


def occurrences(slot: Slot, zone: str, from_time: datetime, until: datetime) -> list[Occurrence]:
    """Those with `from_time <= moment < until`, in order."""
    found = []
    day, last = local(from_time, zone).date() - timedelta(days=1), local(until, zone).date()
    while day <= last:
        moment = wall_to_utc(day, slot.at, zone)
        begun = slot.from_day is None or slot.from_day <= day
        over = slot.until_day is not None and day > slot.until_day
        if day.weekday() in slot.days and begun and not over and from_time <= moment < until:
            key = f"{slot.id}@{day.isoformat()}T{slot.at:%H:%M}"
            found.append(Occurrence(key, slot, moment))
        day += timedelta(days=1)
    return found
