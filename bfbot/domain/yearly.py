"""Days and months that come back each year: anniversaries, awareness days, a conference season."""

from __future__ import annotations

from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Yearly:
    """A day of each year, or with `day` None a whole month. `around`: so many days before and after it, too.

    29 February is 28 February in a year without one.
    """

    month: int
    day: int | None = None
    around: int = 0

    def falls_on(self, day: date) -> bool:
        """Whether that is the very day; a whole month has none."""
        return self.day is not None and self._is(day)

    def fits(self, day: date) -> bool:
        """Whether something about it may be said on that day."""
        return any(self._is(day + timedelta(days=step)) for step in range(-self.around, self.around + 1))

    def _is(self, day: date) -> bool:
        if day.month != self.month:
            return False
        return self.day is None or day.day == min(self.day, monthrange(day.year, self.month)[1])

    def __str__(self) -> str:
        named = f"{self.day} {month_name[self.month]}" if self.day else month_name[self.month]
        days = "a day" if self.around == 1 else f"{self.around} days"
        return f"{named} (or {days} before or after)" if self.around else named
