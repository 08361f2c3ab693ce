"""A small whole workspace: two campaigns, practice channels, evergreen posts that pass the rules, three people.

`small_workspace(config().home)` writes the files and adds the people; it needs the database. NOW is a Monday.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from bfbot.desk import people
from bfbot.domain.person import Role
from bfbot.ledger import people as ledger

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AUTHOR, APPROVER, SECOND = "Ada Author", "Ben Approver", "Cleo Approver"
PASSWORD = "a long word for tests"
BRIGHT, COUNTY = "bright", "county"
PRACTICE, OTHER = "practice", "practice-county"

CAMPAIGNS = """
campaigns:
  - id: bright
    name: Bright
    owner: LGA
    hashtag: GettingTheBest
    link: https://www.example.org/bright
    contact: desk@example.org
    pillars: [{id: outcomes, name: Outcomes}, {id: funding, name: Funding}]
"""
ACCOUNTS = """\
accounts:
  - {id: practice, platform: rehearsal, campaigns: [bright], label: Practice channel}
"""
FEEDS = """\
feeds:
  - id: news
    url: "https://news.example/feed.xml"
    campaigns: [bright]
    accounts: [practice]
    every: 5 min
    template: release
    publish: after 15 min
"""
FACTS = """
facts:
  - id: rise
    measure: child protection enquiries
    value: 139
    unit: per cent
    qualifier: exact
    period: 2015/16 to 2025/26
    period_ends: 2026-03-31
    owner: LGA
    source: {name: Campaign page, url: "https://www.example.org/bright"}
    as_of: 2026-03-31
    status: usable
"""

SCHEDULES = (
    CAMPAIGNS
    + """\
  - id: county
    name: County
    owner: CCN
    hashtag: CountyChildren
    link: https://www.example.org/county
    contact: county@example.org
    pillars: [{id: places, name: Places}]
"""
    + ACCOUNTS
    + """\
  - {id: practice-county, platform: rehearsal, campaigns: [county], label: Practice channel (County)}
"""
    + FEEDS
    + """\
slots:
  - {id: morning, campaign: bright, days: mon-fri, at: "08:30", kinds: [statistic, action],
     accounts: [practice], window: 2 h}
  - {id: evening, campaign: bright, days: daily, at: "18:00", kinds: [action], accounts: [practice], window: 2 h}
  - {id: county-noon, campaign: county, days: "tue,thu", at: "12:00", kinds: [action],
     accounts: [practice-county], window: 2 h}
quiet_times:
  - {id: nights, campaigns: [bright, county], days: daily, from: "21:00", until: "07:00"}
"""
)
MESSAGES = (
    FACTS
    + """\
  - id: gap
    measure: the funding gap
    value: 3
    unit: £bn
    period: 2025
    owner: LGA
    source: {name: Campaign page, url: "https://www.example.org/bright"}
    as_of: 2024-10-01
    expires: 2025-12-31
    status: expired
pictures:
  - {id: park, file: pictures/park.png, people: none, credit: The council, licence: our own, owner: The council,
     expires: never}
templates:
  - {id: release, campaign: bright, text: "New from {owner}: {title} {link}"}
messages:
  - {id: ten-years, kind: statistic, campaign: bright, pillar: outcomes,
     text: "Child protection enquiries rose {fact:rise} over the decade.", rest_days: 3}
  - {id: doors, kind: action, campaign: bright, pillar: outcomes,
     text: "Every council keeps a door open to families who ask for help.", rest_days: 3}
  - {id: listen, kind: action, campaign: bright, pillar: funding,
     text: "Ask a foster carer what would have helped sooner, and write it down.", rest_days: 3}
  - {id: share, kind: action, campaign: bright, pillar: funding,
     text: "Share what works where you live: neighbours learn from neighbours.", rest_days: 3}
  - id: park
    kind: action
    campaign: bright
    pillar: outcomes
    text: "A playground built by its own users opens on Saturday."
    media: [{file: pictures/park.png, alt: "Children run over a new wooden bridge"}]
    rest_days: 3
  - {id: villages, kind: action, campaign: county, pillar: places,
     text: "A long bus ride should never stand between a child and support.", rest_days: 1}
"""
)


def small_workspace(home: Path, *, now: datetime = NOW) -> Path:
    """Files below `home`, written anew, and three people with roles for every campaign."""
    clear(home)
    make(home)
    picture(home)
    for name, role in ((AUTHOR, Role.AUTHOR), (APPROVER, Role.APPROVER), (SECOND, Role.APPROVER)):
        if ledger.find(name) is None:
            people.add_user(name, role, actor="tests", now=now)
    return home


def make(home: Path, schedules: str = SCHEDULES, messages: str = MESSAGES) -> Path:
    """The files alone, without people and pictures."""
    (home / "messages" / "pictures").mkdir(parents=True, exist_ok=True)
    (home / "schedules").mkdir(exist_ok=True)
    (home / "schedules" / "all.yaml").write_text(schedules, encoding="utf-8")
    (home / "messages" / "all.yaml").write_text(messages, encoding="utf-8")
    return home


def clear(home: Path) -> None:
    """Take the files away again; never those of the project itself."""
    assert not (home / "pyproject.toml").exists(), home
    for folder in ("messages", "schedules"):
        shutil.rmtree(home / folder, ignore_errors=True)


def picture(home: Path, colour: str = "seagreen") -> None:
    """The picture of the evergreen post `park`."""
    Image.new("RGB", (640, 360), colour).save(home / "messages" / "pictures" / "park.png")


def change(home: Path, old: str, new: str) -> None:
    """Replace `old`, which stands once in the files, by `new`."""
    for path in (home / "schedules" / "all.yaml", home / "messages" / "all.yaml"):
        text = path.read_text(encoding="utf-8")
        if old in text:
            assert text.count(old) == 1, old
            path.write_text(text.replace(old, new), encoding="utf-8")
            return
    raise AssertionError(f"{old!r} stands in no file")
