"""A small good workspace for the library's tests, and how to change it."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLATFORMS = {"rehearsal": (), "mastodon": ("access_token",), "x": ("access_token", "access_token_secret")}

SCHEDULES = """
campaigns:
  - id: bright
    name: Bright
    owner: LGA
    hashtag: GettingTheBest
    link: https://www.example.org/bright
    contact: desk@example.org
    pillars: [{id: outcomes, name: Outcomes}, {id: funding, name: Funding}]
    goals: [{measure: impressions, target: 250000, from: 2026-09-01, until: 2027-08-31}]
accounts:
  - {id: practice, platform: rehearsal, campaigns: [bright], label: Practice channel}
  - id: masto
    platform: mastodon
    campaigns: [bright]
    base_url: https://social.example
    secrets: {access_token: env:TOKEN}
feeds:
  - id: news
    url: "https://news.example/feed.xml"
    campaigns: [bright]
    accounts: [practice]
    every: 5 min
    template: release
    publish: after 15 min
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
MESSAGES = """
facts:
  - id: rise
    measure: child protection enquiries
    value: 139
    unit: per cent
    qualifier: exact
    period: 2008/09 to 2018/19
    owner: LGA
    source: {name: Campaign page, url: "https://www.example.org/bright"}
    as_of: 2019-03-31
    expires: null
    status: usable
asks:
  - id: fund
    campaign: bright
    version: 2019
    addressed_to: Government
    text: Fund it
    status: current
    lobbying: yes
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


def make(home: Path, schedules: str = SCHEDULES, messages: str = MESSAGES) -> Path:
    """Write the workspace; the picture is there, and is no real one: nobody opens it here."""
    (home / "messages" / "pictures").mkdir(parents=True, exist_ok=True)
    (home / "schedules").mkdir(exist_ok=True)
    (home / "messages" / "pictures" / "one.png").write_bytes(b"picture")
    write(home, "schedules/all.yaml", schedules)
    write(home, "messages/all.yaml", messages)
    return home


def write(home: Path, name: str, text: str) -> None:
    (home / name).write_text(textwrap.dedent(text), encoding="utf-8")
