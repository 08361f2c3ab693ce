"""Forms of what comes and goes: pre-election periods and the people in them, clashes, days of each year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from bfbot.domain.localtime import typed_time, wall_to_utc
from bfbot.domain.season import OWN_CHANNELS, PARTNER_PACKS
from bfbot.library.fields import Day, Id, Name, Words, Zone, shaped, wrong
from bfbot.library.form import Form


@dataclass(frozen=True)
class Wall:
    """A time by the clock on the wall; `at` None is the day as a whole."""

    day: date
    at: time | None = None


def _wall(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return Wall(date.fromisoformat(value))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", value):
            read = datetime.fromisoformat(value)
            return Wall(read.date(), read.time())
    except ValueError:
        pass
    raise wrong(f"“{value[:30]}” is no date and no time.", "Write it like 2027-03-22, or 2027-05-06 22:00.")


def _handle(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"@?[\w-][\w.-]{0,80}(@[\w.-]{1,100})?", value):
        raise wrong("This is no handle.", "Write it as it stands on the network, without a link.")
    return value.removeprefix("@") if isinstance(value, str) else value


_WALL = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2})?$"
WallTime = Annotated[Wall, BeforeValidator(_wall), shaped(pattern=_WALL)]
Handle = Annotated[str, BeforeValidator(_handle), Field(min_length=1)]
Area = Annotated[Name, Field(min_length=2)]


class PeriodForm(Form):
    """`until` as a day counts in full; as a time it is the first moment after the period."""

    id: Id
    name: Name
    starts: WallTime = Field(alias="from")
    ends: WallTime = Field(alias="until")
    zone: Zone
    campaigns: list[Id] = []
    areas: list[Area] = []
    applies_to: Annotated[list[Literal["own-channels", "partner-packs"]], Field(min_length=1)] = [
        OWN_CHANNELS,
        PARTNER_PACKS,
    ]
    explanation: Words = ""

    @property
    def starts_at(self) -> datetime:
        """UTC. Raises UsageError where the clocks change over that very time."""
        return _moment(self.starts.day, self.starts.at, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it, UTC. Raises UsageError where the clocks change over that very time."""
        day = self.ends.day if self.ends.at else self.ends.day + timedelta(days=1)
        return _moment(day, self.ends.at, self.zone)


def _moment(day: date, at: time | None, zone: str) -> datetime:
    if at is None:
        return wall_to_utc(day, time(0), zone)
    return typed_time(f"{day.isoformat()}T{at:%H:%M}", zone).astimezone(UTC)


class CandidacyForm(Form):
    first: Day | None = Field(None, alias="from")
    until: Day | None = None


class SpokespersonForm(Form):
    id: Id
    role: Name
    name: Words = ""
    party: Words = ""
    handles: list[Handle] = []
    candidate: CandidacyForm | None = None


class ClashForm(Form):
    id: Id
    name: Name
    campaigns: Annotated[list[Id], Field(min_length=1)]
    first: Day = Field(alias="from")
    until: Day
    accounts: list[Id] = []


class YearlyForm(Form):
    """A day of each year, or without `day` a whole month."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    around: Annotated[int, Field(ge=0, le=31)] = 0

    @model_validator(mode="after")
    def _there(self) -> YearlyForm:
        if self.day is not None and self.day > monthrange(2024, self.month)[1]:
            raise wrong("No year has that day.", "Mend the day or the month.")
        return self
