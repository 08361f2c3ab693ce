"""The reporting week: Monday to Sunday in the campaign's zone, half-open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bfbot.domain.localtime import wall_to_utc
from bfbot.errors import UsageError


@dataclass(frozen=True, order=True)
class Week:
    """ISO week `number` of ISO year `year`, in `zone`."""

    year: int
    number: int
    zone: str = "Europe/London"

    @classmethod
    def parse(cls, text: str, zone: str = "Europe/London") -> Week:
        """`2026-W47`; raises UsageError when there is no such week."""
        try:
            year, number = text.upper().split("-W")
            week = cls(int(year), int(number), zone)
            date.fromisocalendar(week.year, week.number, 1)
        except ValueError:
            raise UsageError(f"“{text}” is not a week.", mend="Write it like 2026-W47.") from None
        return week

    @classmethod
    def of(cls, moment: datetime, zone: str = "Europe/London") -> Week:
        """The week in which an aware moment falls, by the clock of `zone`."""
        year, number, _ = moment.astimezone(ZoneInfo(zone)).isocalendar()
        return cls(year, number, zone)

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def opens(self) -> datetime:
        """Monday 00:00 local, in UTC; inside the week."""
        return wall_to_utc(self.monday, time(0), self.zone)

    @property
    def closes(self) -> datetime:
        """The next Monday 00:00 local, in UTC; outside the week."""
        return wall_to_utc(self.monday + timedelta(days=7), time(0), self.zone)

    def back(self, weeks: int) -> Week:
        """The week so many weeks earlier (later if negative)."""
        year, number, _ = (self.monday - timedelta(weeks=weeks)).isocalendar()
        return Week(year, number, self.zone)

    def __contains__(self, moment: datetime) -> bool:
        return self.opens <= moment < self.closes

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"
