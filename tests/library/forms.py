"""The small workspace's own things with every form of a field; and how to write them and change them."""

from __future__ import annotations

import textwrap
from pathlib import Path

from tests import workspace
from tests.workspace import ACCOUNTS, CAMPAIGNS, FACTS, FEEDS

PLATFORMS = {"rehearsal": (), "mastodon": ("access_token",), "x": ("access_token", "access_token_secret")}

SCHEDULES = (
    CAMPAIGNS
    + """\
    goals: [{measure: impressions, target: 250000, from: 2026-09-01, until: 2027-08-31}]
"""
    + ACCOUNTS
    + """\
  - id: masto
    platform: mastodon
    campaigns: [bright]
    base_url: https://social.example
    secrets: {access_token: env:TOKEN}
"""
    + FEEDS
    + """\
slots:
  - id: morning
    campaign: bright
    days: mon-fri
    at: 08:30
    kinds: [statistic, ask]
    accounts: [practice]
    window: 2 h
quiet_times:
  - {id: nights, campaigns: [bright], days: daily, from: "21:00", until: "07:00"}
"""
)
MESSAGES = (
    FACTS
    + """\
    expires: null
asks:
  - id: fund
    campaign: bright
    version: 2019
    addressed_to: Government
    text: Fund it
    status: current
    lobbying: yes
pictures:
  - {id: park, file: pictures/one.png, people: none, credit: C, licence: L, owner: O, expires: never}
templates:
  - {id: release, campaign: bright, text: "New: {title} {link} {hashtag}"}
messages:
  - id: ten-years
    kind: statistic
    campaign: bright
    pillar: outcomes
    text: "Enquiries rose {fact:rise} in ten years."
    variants: {mastodon: "In ten years enquiries rose {fact:rise}. {link}"}
    media: [{card: rise, alt: "A card with the figure"}, {file: pictures/one.png, alt: "A park"}]
    valid: {from: 2026-01-05, until: 2027-12-31}
    asks: [fund]
"""
)


def make(home: Path, schedules: str = SCHEDULES, messages: str = MESSAGES) -> Path:
    """Write the workspace; the picture is there, and is no real one: nobody opens it here."""
    workspace.make(home, schedules, messages)
    (home / "messages" / "pictures" / "one.png").write_bytes(b"picture")
    return home


def write(home: Path, name: str, text: str) -> None:
    (home / name).write_text(textwrap.dedent(text), encoding="utf-8")
