"""What is written in a field, and what becomes of it."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.fact import FactStatus, Qualifier, Source
from bfbot.domain.message import Kind, MediaUse
from bfbot.library import check, json_schema, read_library
from bfbot.library.fields import DAY_NAMES, days, duration
from bfbot.library.parsing import parse
from bfbot.library.reading import Source as File
from tests.library.forms import MESSAGES, PLATFORMS, SCHEDULES, make
from tests.workspace import NOW


def test_a_good_workspace_becomes_the_words_of_the_domain(tmp_path: Path) -> None:
    revision, faults = read_library(make(tmp_path), now=NOW, platforms=PLATFORMS)
    assert not faults
    assert revision is not None
    assert (revision.number, revision.made_at) == (0, NOW)
    campaign = revision.campaigns["bright"]
    assert (campaign.zone, campaign.hashtag, campaign.pillars[1].name) == (
        "Europe/London",
        "GettingTheBest",
        "Funding",
    )
    assert (campaign.goals[0].target, campaign.goals[0].until_day) == (250_000, date(2027, 8, 31))
    fact = revision.facts["rise"]
    assert (fact.value, fact.qualifier, fact.status) == (Decimal("139"), Qualifier.EXACT, FactStatus.USABLE)
    assert fact.source == Source("Campaign page", "https://www.example.org/bright")
    assert fact.expires is None
    ask = revision.asks["fund"]
    assert (ask.version, ask.lobbying) == ("2019", True)  # written without quotes, as people do
    message = revision.messages["ten-years"]
    assert (message.kind, message.rest_days, message.asks) == (Kind.STATISTIC, 21, ("fund",))
    assert message.valid_from == date(2026, 1, 5)
    assert message.media == (
        MediaUse(alt="A card with the figure", card="rise"),
        MediaUse(alt="A park", file="pictures/one.png"),
    )
    feed = revision.feeds["news"]
    assert (feed.every, feed.auto_after) == (timedelta(minutes=5), timedelta(minutes=15))
    assert (feed.window, feed.max_age, feed.cap_per_poll) == (timedelta(hours=24), timedelta(days=3), 5)
    slot = revision.slots["morning"]
    assert (slot.at, slot.days, slot.kinds) == (time(8, 30), frozenset(range(5)), {"statistic", "ask"})
    quiet = revision.quiet_times["nights"]
    assert (quiet.starts, quiet.ends) == (time(21), time(7))
    assert revision.accounts["masto"].secrets == {"access_token": "env:TOKEN"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("pillar: outcomes", "piller: outcomes", "Did you mean “pillar” or “pair”?"),
        ("pillar: outcomes", "", "“pillar” is missing. Add “pillar:” to this evergreen post."),
        ("pillar: outcomes", "pillar:", "“pillar” is missing."),
        (
            "kind: statistic",
            "kind: statistics",
            "“kind” has a value that is not known. Write one of 'statistic', 'ask'",
        ),
        ("as_of: 2026-03-31", "as_of: 2019", "as_of: “2019” is no date. Write it like 2026-11-23."),
        ("as_of: 2026-03-31", "as_of: 2019-02-31", "“2019-02-31” is no date."),
        ("value: 139", "value: many", "value: Input should be a valid decimal"),
        ("value: 139", "value: 1e999999999", "value: Decimal input should have no more than 24 digits"),
        ("value: 139", "value: .nan", "value: Input should be"),
        ("id: ten-years", "id: Ten Years", "“Ten Years” is no id."),
        ("lobbying: yes", "lobbying: perhaps", "“lobbying” is neither true nor false."),
        ("asks: [fund]", "asks: fund", "“asks” is no list."),
        ("asks: [fund]", "valid_from: 2026-01-01", "“valid_from” is not a key of this evergreen post."),
        ("{file: pictures/one.png, alt", "{file: pictures/one.png, card: rise, alt", "either a card or a file"),
        ("{file: pictures/one.png, alt", "{alt", "either a card or a file"),
        ('alt: "A park"', 'alt: ""', "“alt” is empty."),
        (', alt: "A park"', "", "“alt” is missing."),
        (
            "text: Fund it",
            'text: "Fund \\u202eit"',
            "An invisible character (U+202E) stands in this text. Delete it.",
        ),
        ("text: Fund it", 'text: "Fund \\0 it"', "An invisible character (U+0000)"),
        ("text: Fund it", 'text: "Fund \\ud800 it"', "An invisible character (U+D800)"),
        ("text: Fund it", "text: [a, b]", "“text” is no text."),
    ],
)
def test_a_wrong_field_of_messages_is_named_with_its_mend(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in MESSAGES
    faults = check(make(tmp_path, messages=MESSAGES.replace(old, new)), NOW)
    line = MESSAGES[: MESSAGES.index(old)].count("\n") + 1
    mine = [one for one in faults if fault in str(one)]
    assert mine, faults
    assert mine[0].file == "messages/all.yaml"
    # a missing key is told at the head of its thing, everything else on its own line
    assert mine[0].line == line or "is missing" in str(mine[0])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("at: 08:30", "at: 8.30", "“8.30” is no time of day."),
        ("at: 08:30", "at: 24:30", "“24:30” is no time of day."),
        ("days: mon-fri", "days: weekdays", "“weekdays” names no days."),
        ("window: 2 h", "window: 2", "“2” is no length of time."),
        ("window: 2 h", "window: 0 h", "“0 h” is no length of time."),
        ("every: 5 min", "every: 5 weeks", "is no length of time."),
        ("publish: after 15 min", "publish: now", "“now” is no way to publish. Write draft, or after 15 min."),
        ("publish: after 15 min", "publish: after lunch", "“lunch” is no length of time."),
        ("hashtag: GettingTheBest", 'hashtag: "#GettingTheBest"', "This is no hashtag."),
        ("hashtag: GettingTheBest", "hashtag: Getting The Best", "This is no hashtag."),
        (
            "contact: desk@example.org",
            "contact: c\n    timezone: Europe/Londom",
            "There is no time zone “Europe/Londom”.",
        ),
        ("contact: desk@example.org", "contact: c\n    timezone: ../etc", "There is no time zone"),
        ("link: https://www.example.org/bright", "link: ftp://example.org", "This is no web address."),
        ('"https://news.example/feed.xml"', "file:../../etc/passwd", "This is no web address."),
        (
            '"https://news.example/feed.xml"',
            "https://u:p@news.example/",
            "A name or password stands in this address.",
        ),
        ("target: 250000", "target: 0", "target: Input should be greater than 0."),
        ("accounts: [practice]", "accounts: []", "“accounts” is empty."),
    ],
)
def test_a_wrong_field_of_schedules_is_named_with_its_mend(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in SCHEDULES
    faults = check(make(tmp_path, schedules=SCHEDULES.replace(old, new)), NOW)
    assert any(fault in str(one) and one.file == "schedules/all.yaml" for one in faults), faults


@pytest.mark.parametrize(
    "secrets",
    [
        "{access_token: CANARY123}",
        "{access_token: env CANARY123}",
        "{CANARY123: env:TOKEN}",
        "{CANARY123: x}",
        "CANARY123",
        "[CANARY123]",
        "{access_token: {CANARY123: x}}",
        "{access_token: *CANARY123}",
        "{access_token: !CANARY123 x}",
        "{access_token: @CANARY123}",
        "{access_token: 'CANARY123}",
    ],
)
def test_a_secret_written_in_clear_is_refused_and_never_repeated(tmp_path: Path, secrets: str) -> None:
    wrong = SCHEDULES.replace("{access_token: env:TOKEN}", secrets)
    faults = [one for one in check(make(tmp_path, schedules=wrong), NOW, PLATFORMS) if one.level == "error"]
    assert faults
    assert "CANARY" not in "\n".join(str(one) for one in faults)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("daily", set(range(7))),
        ("mon-fri", set(range(5))),
        ("sat,sun", {5, 6}),
        ("Mon, wed-thu", {0, 2, 3}),
        ("fri-mon", {4, 5, 6, 0}),
        ("sunday", {6}),
    ],
)
def test_days(text: str, found: set[int]) -> None:
    assert days(text) == found


@given(st.sets(st.integers(0, 6), min_size=1))
def test_any_days_can_be_written(chosen: set[int]) -> None:
    assert days(",".join(DAY_NAMES[one] for one in chosen)) == chosen


@given(st.integers(1, 366), st.sampled_from([("min", 60), ("h", 3600), ("days", 86400), ("day", 86400)]))
def test_any_length_of_time_can_be_written(count: int, unit: tuple[str, int]) -> None:
    assert duration(f"{count} {unit[0]}") == duration(f"{count}{unit[0]}") == timedelta(seconds=count * unit[1])


def test_the_schema_for_editors_knows_every_list_and_key() -> None:
    schema = json_schema()
    assert set(schema["properties"]) == {
        "campaigns", "accounts", "feeds", "slots", "quiet_times", "periods", "clashes",
        "facts", "asks", "templates", "messages", "spokespeople", "pictures", "consents",
    }  # fmt: skip
    message = schema["$defs"]["MessageForm"]
    assert message["additionalProperties"] is False
    assert {"valid", "rest_days", "variants"} <= set(message["properties"])
    assert {"from", "until"} == set(schema["$defs"]["QuietTimeForm"]["properties"]) & {"from", "until", "starts"}


@pytest.mark.parametrize(
    "text", ["🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "👨‍👩‍👧", "Two\nlines", "£3 – “so”"]
)
def test_emoji_flags_and_punctuation_of_the_trade_are_welcome(tmp_path: Path, text: str) -> None:
    revision, faults = read_library(make(tmp_path, messages=MESSAGES.replace("Fund it", f"'{text}'")), now=NOW)
    assert not faults
    assert revision is not None
    assert revision.asks["fund"].text == text.replace(
        "\n", " "
    )  # a single line break in quotes is a space in YAML


KEYS = st.sampled_from(["id", "kind", "text", "media", "valid", "variants", "asks", "secrets", "from", "x"])
THINGS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just("{fact:rise}")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
LISTS = st.sampled_from(["facts", "asks", "templates", "messages", "campaigns"])


@given(st.dictionaries(LISTS, THINGS, max_size=3))
def test_whatever_stands_in_a_file_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    home = tmp_path_factory.mktemp("workspace")
    (home / "messages").mkdir()
    (home / "messages" / "any.yaml").write_text(json.dumps(value), encoding="utf-8")  # JSON is YAML
    revision, faults = read_library(home, now=NOW, platforms=PLATFORMS)
    assert (revision is None) == any(fault.level == "error" for fault in faults)
    assert all(fault.line == 1 and fault.message and fault.mend for fault in faults)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    parsed = parse(File("messages/any.yaml", data))
    assert parsed.faults or parsed.value is None or isinstance(parsed.value, str | dict | list)
