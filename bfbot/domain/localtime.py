"""Wall-clock time in a named zone, and the two nights a year on which it has a gap or a repeat.

Everywhere else a datetime is aware and in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bfbot.errors import UsageError


def wall_to_utc(day: date, at: time, zone: str) -> datetime:
    """The moment of a posting time: in a gap the first moment after it, in a repeated hour the first one."""
    local = datetime.combine(day, at, tzinfo=ZoneInfo(zone))  # fold=0: the first of a repeated hour
    utc = local.astimezone(UTC)
    if utc.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return utc
    return _first_moment_after_gap(utc, ZoneInfo(zone))


def _first_moment_after_gap(utc: datetime, zone: ZoneInfo) -> datetime:
    """Halve the three hours around a gap until the second in which the offset changes is found."""
    low, high = utc - timedelta(hours=3), utc + timedelta(hours=3)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def typed_time(text: str, zone: str) -> datetime:
    """Read a time a person typed; without an offset it is in `zone`, and refused in a gap or a repeat.

    Returns an aware datetime in UTC. Raises UsageError with the mend.
    """
    try:
        typed = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"“{text}” is not a time that bfbot can read.", mend="Write it like 2026-11-23T08:30."
        ) from None
    if typed.tzinfo is not None:
        return typed.astimezone(UTC)
    if len(text.strip()) <= 10:
        raise UsageError(f"“{text}” has a date but no time.", mend="Write it like 2026-11-23T08:30.")
    first = typed.replace(tzinfo=ZoneInfo(zone), fold=0)
    second = typed.replace(tzinfo=ZoneInfo(zone), fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    exists = first.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == typed
    what = "happens twice" if exists else "does not exist"
    raise UsageError(
        f"{typed:%H:%M} on {typed:%-d %B %Y} {what} in {zone}: the clocks change that night.",
        mend=f"Add the offset, for example {second.isoformat()}.",
    )


def local(moment: datetime, zone: str) -> datetime:
    """The same moment on the campaign's clock."""
    return moment.astimezone(ZoneInfo(zone))
