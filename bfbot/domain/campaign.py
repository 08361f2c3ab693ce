"""A campaign: who owns it, what it is about, what it wants to reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Pillar:
    """One of the campaign's themes ("theme" on the screen)."""

    id: str
    name: str


@dataclass(frozen=True)
class Goal:
    """What the campaign wants of one measure between two dates (the last one included)."""

    measure: str  # posts | impressions | engagements | clicks
    target: int
    from_day: date
    until_day: date


@dataclass(frozen=True)
class Campaign:
    """Owner and name as printed; `hashtag` without #, in CamelCase; `zone` rules its local times.

    `hashtags` are further ones whose capitals are known. `tracking`: links to `own_hosts` and to the host of
    `link` carry parameters that say which post was opened. `reading_age` (years): above it a text is warned.
    `also_called`: further names of the owner, such as the one that its letters stand for.
    `nation`: whose bank holidays are kept, a key of NATIONS in domain/bank_holidays.py.
    """

    id: str
    name: str
    owner: str
    hashtag: str
    link: str
    contact: str
    pillars: tuple[Pillar, ...]
    goals: tuple[Goal, ...] = ()
    zone: str = "Europe/London"
    language: str = "en"
    hashtags: tuple[str, ...] = ()
    tracking: bool = False
    own_hosts: tuple[str, ...] = ()
    reading_age: int = 14
    nation: str = "england"
    also_called: tuple[str, ...] = ()

    def pillar(self, pillar_id: str) -> Pillar | None:
        return next((one for one in self.pillars if one.id == pillar_id), None)
