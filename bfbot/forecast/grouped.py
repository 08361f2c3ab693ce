"""Refusals and empty posting times that have one reason, told once: an election stops a week of posts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bfbot.domain.finding import Finding
from bfbot.forecast.outlook import EmptyTime, PassedOver


@dataclass(frozen=True)
class RefusedFor:
    """The evergreen posts of a campaign that one finding refuses, between two posting times (UTC)."""

    campaign: str
    finding: Finding
    messages: tuple[str, ...]
    first: datetime
    last: datetime
    times: int


@dataclass(frozen=True)
class EmptyFor:
    """Posting times of a campaign that stay empty for one reason, in order."""

    campaign: str
    why: str
    times: tuple[EmptyTime, ...]


def refused_for(found: Iterable[PassedOver]) -> tuple[RefusedFor, ...]:
    """By campaign and finding, in the order in which they first come; `times` is the highest of one message."""
    groups: dict[tuple[str, Finding], list[PassedOver]] = {}
    for one in found:
        groups.setdefault((one.campaign, one.finding), []).append(one)
    return tuple(
        RefusedFor(
            campaign=campaign,
            finding=finding,
            messages=tuple(dict.fromkeys(one.message for one in those)),
            first=min(one.first for one in those),
            last=max(one.last for one in those),
            times=max(one.times for one in those),
        )
        for (campaign, finding), those in groups.items()
    )


def empty_for(found: Iterable[EmptyTime]) -> tuple[EmptyFor, ...]:
    """By campaign and reason."""
    groups: dict[tuple[str, str], list[EmptyTime]] = {}
    for one in found:
        groups.setdefault((one.campaign, one.why), []).append(one)
    return tuple(EmptyFor(campaign, why, tuple(those)) for (campaign, why), those in groups.items())
