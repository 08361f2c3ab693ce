"""Whether pre-election periods and quiet times have two ends in the right order."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Fault
from bfbot.errors import UsageError
from bfbot.library.forms import Placed


def check_period(one: Placed) -> Iterator[Fault]:
    """It ends after it begins, and neither end lies in an hour that the clocks skip or repeat."""
    ends = []
    for key, name in (("from", "starts_at"), ("until", "ends_at")):
        try:
            ends.append(getattr(one.form, name))
        except UsageError as error:
            yield one.fault("error", "dates", error.message, "Choose another hour.", key)
    if len(ends) == 2 and ends[1] <= ends[0]:
        first, last = _written(one.form.starts), _written(one.form.ends)
        what = f"This pre-election period ends ({last}) before it begins ({first})."
        yield one.fault("error", "dates", what, "Swap or mend the dates.", "until")


def check_hours(one: Placed) -> Iterator[Fault]:
    """A quiet time has both hours or none, and names a nation only for its bank holidays."""
    missing = [key for key, value in (("from", one.form.starts), ("until", one.form.ends)) if value is None]
    if len(missing) == 1:
        mend = f"Add {missing[0]}:, or take the other out for the whole day."
        yield one.fault("error", "dates", f"“{missing[0]}” is missing.", mend, *({"from", "until"} - set(missing)))


def _written(wall: object) -> str:
    day, at = getattr(wall, "day", ""), getattr(wall, "at", None)
    return f"{day} {at:%H:%M}" if at else str(day)
