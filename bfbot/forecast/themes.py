"""Themes that get little or nothing: what the campaign says it stands for, and does not say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from bfbot.domain.revision import Revision
from bfbot.forecast.outlook import Fate, Line, Theme


def themes(lines: Sequence[Line], revision: Revision, from_time: datetime, until: datetime) -> tuple[Theme, ...]:
    """Every theme of every campaign, in the order of the files; a post on several accounts counts once."""
    out: dict[tuple[str, str], dict[object, datetime]] = {}
    stopped: dict[tuple[str, str], set[object]] = {}
    for one in lines:
        if one.theme is None:
            continue
        place, post = (one.campaign, one.theme), (one.post, one.message, one.at)
        if one.fate is Fate.STOPPED:
            stopped.setdefault(place, set()).add(post)
        else:
            out.setdefault(place, {})[post] = one.at
    found = []
    for campaign in revision.campaigns.values():
        for pillar in campaign.pillars:
            place = (campaign.id, pillar.id)
            said = out.get(place, {})
            times = sorted({from_time, until, *said.values()})
            found.append(
                Theme(
                    campaign=campaign.id,
                    id=pillar.id,
                    name=pillar.name,
                    posts=len(said),
                    stopped=len(stopped.get(place, set()) - set(said)),
                    messages=sum(
                        one.campaign == campaign.id and one.pillar == pillar.id
                        for one in revision.messages.values()
                    ),
                    silence=max(((b - a).days for a, b in pairwise(times)), default=0),
                )
            )
    return tuple(found)
