"""Things that do not fit together, all told at once; and things that may not be said, told beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bfbot.library import check
from tests.library.forms import MESSAGES, PLATFORMS, SCHEDULES, make, write
from tests.workspace import NOW

FAULTY_SCHEDULES = """
campaigns:
  - id: bright
    name: Bright
    owner: LGA
    hashtag: GettingTheBest
    link: https://www.example.org/bright
    contact: desk@example.org
    timezone: Europe/Atlantis
    pillars: [{id: outcomes, name: Outcomes}]
  - id: county
    name: County
    owner: CCN
    hashtag: gettingthebest
    link: https://www.example.org/county
    contact: desk@example.org
    pillars:
      - {id: families, name: Families}
      - {id: families, name: Families again}
    goals:
      - {measure: clicks, target: 5, from: 2026-09-01,
         until: 2026-08-31}
accounts:
  - {id: practice, platform: rehearsal, campaigns: [county]}
  - {id: bird, platform: twiter, campaigns: [bright]}
  - {id: masto, platform: mastodon, campaigns: [brigth], secrets: {acces_token: env:TOKEN}}
  - {id: clear, platform: mastodon, campaigns: [bright], secrets: {access_token: abc123}}
feeds:
  - {id: news, url: "https://e.example", campaigns: [bright], accounts: [nobody], every: 1 h, template: relaese}
slots:
  - {id: morning, campaign: bright, days: daily, at: "08:30", kinds: [ask], accounts: [practice], window: 2 h}
  - {id: morning, campaign: county, days: daily, at: "08:30", kinds: [ask], accounts: [practice], window: 2 h}
quiet_times:
  - {id: nights, campaigns: [countee], days: daily, from: "21:00", until: "21:00"}
"""
FAULTY_MESSAGES = """
facts:
  - {id: gap, measure: gap, value: 3, unit: GBP, qualifier: exactly, period: x, owner: LGA, as_of: 2019-01-01,
     status: usable, supersedes: [gape]}
  - {id: rise, measure: rise, value: 3, unit: GBP, period: x, owner: LGA, as_of: 2019-01-01,
     status: usable, supersedes: [rice]}
templates:
  - {id: release, campaign: bright, text: "{titel} {link}"}
messages:
  - id: first
    kind: ask
    campaign: bright
    pillar: outcome
    text: "Rose {fact:rize} {colour}"
    variants:
      blusky: "x"
      x: "{title}"
    media:
      - {file: ../../etc/passwd, alt: x}
      - {card: rose, alt: x}
    asks: [nothing]
    valid: {from: 2026-02-01, until: 2026-01-01}
"""


def test_every_fault_of_a_faulty_set_is_named_at_once(tmp_path: Path) -> None:
    faults = check(make(tmp_path, FAULTY_SCHEDULES, FAULTY_MESSAGES), NOW, PLATFORMS)
    told = [
        (f"{one.file.split('/')[0]}:{one.line}", one.message, one.mend) for one in faults if one.level == "error"
    ]
    wanted = [
        ("messages:3", "“qualifier” has a value that is not known.", "'more_than'"),
        ("messages:6", "There is no statistic “rice”.", "Did you mean “rise”?"),
        ("messages:8", "“{titel}” is no placeholder of this template.", "{summary}, {title}"),
        ("messages:13", "The campaign “bright” has no theme “outcome”.", "Did you mean “outcomes”?"),
        ("messages:14", "There is no statistic “rize”.", "Did you mean “rise”?"),
        ("messages:14", "“{colour}” is no placeholder of this evergreen post.", "{fact:ID}"),
        ("messages:16", "There is no network “blusky”.", "bfbot knows mastodon"),
        ("messages:17", "“{title}” is no placeholder of this evergreen post.", "{link}"),
        ("messages:19", "There is no picture “../../etc/passwd” in messages/.", "Put it there"),
        ("messages:20", "There is no statistic “rose”.", "Did you mean “rise”?"),
        ("messages:21", "There is no ask “nothing”.", "Name one that stands in messages/"),
        ("messages:22", "It ends on 2026-01-01 before it begins on 2026-02-01.", "Swap"),
        ("schedules:9", "timezone: There is no time zone “Europe/Atlantis”.", "Europe/London"),
        ("schedules:19", "The theme “families” stands here twice.", "new id"),
        ("schedules:22", "It ends on 2026-08-31 before it begins on 2026-09-01.", "Swap"),
        ("schedules:25", "There is no network “twiter”.", "bfbot knows"),
        ("schedules:26", "There is no campaign “brigth”.", "Did you mean “bright”?"),
        ("schedules:26", "mastodon takes no secret of such a name.", "It takes access_token."),
        ("schedules:27", "secrets: A secret is written in clear", "Write env:NAME"),
        ("schedules:29", "There is no account “nobody”.", ""),
        ("schedules:29", "There is no template “relaese”.", "Did you mean “release”?"),
        ("schedules:31", "The account “practice” does not belong to the campaign bright.", "Add the campaign"),
        ("schedules:32", "There is another slot “morning” at schedules/all.yaml:31.", "new id"),
        ("schedules:34", "There is no campaign “countee”.", "Did you mean “county”?"),
        ("schedules:34", "It begins and ends at the same time.", "Mend"),
    ]
    for place, what, mend in wanted:
        assert any(place == p and what in w and mend in m for p, w, m in told), (place, what, told)
    # “gape” is not told: the form of its statistic is faulty, and is mended first
    assert len(told) == len(wanted), told


def test_platforms_are_checked_only_where_they_are_given(tmp_path: Path) -> None:
    home = make(tmp_path, SCHEDULES.replace("platform: rehearsal", "platform: carrier-pigeon"))
    assert not check(home, NOW)
    assert check(home, NOW, PLATFORMS)


def test_a_template_of_another_campaign_is_told(tmp_path: Path) -> None:
    second = (
        "campaigns: [{id: county, name: C, owner: CCN, hashtag: Tag, link: 'https://example.org', contact: c}]\n"
    )
    home = make(
        tmp_path, messages=MESSAGES.replace("{id: release, campaign: bright", "{id: release, campaign: county")
    )
    write(home, "schedules/county.yaml", second)
    (fault,) = check(home, NOW)
    assert "The template “release” belongs to the campaign “county”." in str(fault)


FACT = "{id: %s, measure: m, value: 3, unit: x, period: x, owner: LGA, as_of: 2019-01-01, status: %s%s}"
SOURCE = ", source: {name: page}"


def warnings(home: Path, *facts: str, text: str = "It rose {fact:old} then.", media: str = "[]") -> list[str]:
    message = f"""
facts: [{", ".join(facts)}]
messages:
  - {{id: one, kind: ask, campaign: bright, pillar: outcomes, text: "{text}", media: {media}}}
"""
    faults = check(make(home, SCHEDULES.replace("template: release", "template: r"), message), NOW)
    return [str(one) for one in faults if one.level == "warning"]


@pytest.mark.parametrize(
    ("status", "more", "why"),
    [
        ("superseded", SOURCE, "is superseded"),
        ("expired", SOURCE, "has expired"),
        ("blocked", SOURCE, "is blocked"),
        ("internal", SOURCE, "is for internal use"),
        ("usable", SOURCE + ", expires: 2026-11-22", "expired on 2026-11-22"),
    ],
)
def test_a_post_that_uses_a_refused_statistic_is_warned_of_with_its_replacement(
    tmp_path: Path, status: str, more: str, why: str
) -> None:
    old = FACT % ("old", status, more)
    middle = FACT % ("middle", "superseded", SOURCE + ", supersedes: [old]")
    new = FACT % ("new", "usable", SOURCE + ", supersedes: [middle]")
    (told,) = warnings(tmp_path, old, middle, new)
    assert told == f"messages/all.yaml:4: “one” is refused: the statistic “old” {why}. Use “new” instead."


def test_the_last_day_of_a_statistic_is_still_good(tmp_path: Path) -> None:
    assert not warnings(tmp_path, FACT % ("old", "usable", SOURCE + ", expires: 2026-11-23"))


def test_without_a_replacement_the_mend_says_so_even_in_a_circle(tmp_path: Path) -> None:
    one = FACT % ("old", "superseded", SOURCE + ", supersedes: [new]")
    other = FACT % ("new", "superseded", SOURCE + ", supersedes: [old]")
    (told,) = warnings(tmp_path, one, other)
    assert "Take it out, or find a newer figure." in told


def test_a_statistic_without_a_source_is_warned_of_and_so_are_its_posts(tmp_path: Path) -> None:
    fact, post = warnings(tmp_path, FACT % ("old", "usable", ""))
    assert "The statistic “old” has no source: posts that use it are refused." in fact
    assert "“one” is refused: the statistic “old” has no source. Add its source." in post


def test_a_card_uses_its_statistic_too(tmp_path: Path) -> None:
    media = "[{card: old, alt: A card}]"
    (told,) = warnings(tmp_path, FACT % ("old", "blocked", SOURCE), text="Words alone.", media=media)
    assert "the statistic “old” is blocked" in told


def test_a_review_that_is_due_is_told(tmp_path: Path) -> None:
    (told,) = warnings(tmp_path, FACT % ("old", "usable", SOURCE + ", review_by: 2026-11-01"))
    assert "was to be reviewed by 2026-11-01" in told


ONE = "Councils spent {fact:rise} more on children than they had planned to, and the need still grows each year."


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (ONE, True),
        (ONE.replace("still ", ""), True),
        (ONE.upper().replace("FACT:RISE", "fact:rise"), True),
        ("Early help keeps a small worry small: councils need {fact:rise} to give it to every family.", False),
        (
            ONE.replace("more on children than they had planned to", "in one year over every budget they had"),
            False,
        ),
    ],
)
def test_posts_that_say_nearly_the_same_are_told(tmp_path: Path, other: str, alike: bool) -> None:
    posts = "\n".join(
        f'  - {{id: {name}, kind: ask, campaign: bright, pillar: outcomes, text: "{text}"}}'
        for name, text in (("one", ONE), ("two", other))
    )
    facts = MESSAGES[: MESSAGES.index("messages:")]
    faults = check(make(tmp_path, messages=f"{facts}messages:\n{posts}\n"), NOW)
    told = [str(one) for one in faults]
    assert ("“two” says nearly the same as “one”" in "".join(told)) is alike, told


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        ("status: superseded", "is superseded"),
        ("status: expired", "is expired"),
        ("status: current\n    until: 2026-11-22", "ended on 2026-11-22"),
        ("status: current\n    until: 2026-11-23", ""),
    ],
)
def test_a_post_that_makes_an_ask_of_the_past_is_warned_of(tmp_path: Path, ask: str, why: str) -> None:
    told = [str(one) for one in check(make(tmp_path, messages=MESSAGES.replace("status: current", ask)), NOW)]
    assert [why in one for one in told] == ([True] if why else [])


def test_a_hashtag_without_capitals_is_told(tmp_path: Path) -> None:
    (told,) = check(make(tmp_path, SCHEDULES.replace("GettingTheBest", "gettingthebest")), NOW)
    assert (told.level, told.line) == ("warning", 6)
