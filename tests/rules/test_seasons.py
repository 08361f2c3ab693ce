"""Before an election: who and what is held, what a sign-off lets pass, and that no spelling gets round it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.finding import Level, Moment
from bfbot.domain.localtime import wall_to_utc
from bfbot.domain.post import Origin
from bfbot.domain.proof import Proof, ProofPart
from bfbot.domain.schedule import Account
from bfbot.domain.season import PARTNER_PACKS, Period, Spokesperson
from bfbot.rules.base import Case
from bfbot.rules.verdict import stopping
from tests.rules.cases import PEOPLE, PERIOD, TEXT, delivery, found, message, picture, said, season
from tests.rules.team_files import LGA, NOW

SIGNED = frozenset({PERIOD.id})
SEND = Moment.SEND


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Demo O'Candidate-Else opens the family hub.", {"season-candidate"}),
        ("demo o’candidate else opens the family hub.", {"season-candidate"}),
        ("Cllr O’Candidate-Else opens the family hub.", {"season-candidate"}),
        ("CLLR. DEMO O’CANDIDATE-ELSE OPENS THE HUB.", {"season-candidate"}),
        ("The ward councillor for Nowhere opens the hub.", {"season-candidate"}),
        ("D e m o O Candidate Else opens the hub.", {"season-candidate"}),
        ("Dеmo O’Candidаte-Else opens the hub.", {"season-candidate"}),  # two Cyrillic letters
        ("De\u200bmo O’Candidate-Else opens the hub.", {"season-candidate"}),
        ("Well said, @democandidate.", {"season-candidate", "season-shared"}),
        ("Well said, @demo@social.example.", {"season-candidate", "season-shared"}),
        ("Read https://social.example/@democandidate/4711 today.", {"season-candidate", "season-shared"}),
        ("Read https://social.example/DemoLeader/status/1 today.", {"season-shared"}),
        ("Well said, @DemoLeader.", {"season-shared"}),
        ("Demo Leader opens the family hub.", set()),
        ("The Chair of the Example Board opens the hub.", set()),
        ("Write to your MP about family hubs.", {"season-lobbying"}),
        ("Ask your local councillor for a family hub.", {"season-lobbying"}),
        ("Family hubs are open until six.", set()),
        ("A demonstration leads the way: candidates for fostering wanted.", set()),
        ("Write to demoleader@example.org.", set()),
    ],
)
@pytest.mark.parametrize("moment", [Moment.SUBMIT, Moment.APPROVE, SEND])
def test_what_no_sign_off_lets_pass(text: str, rules: set[str], moment: Moment) -> None:
    asked = season(text, moment=moment, signed_off=SIGNED)
    names = {"season-candidate", "season-shared", "season-lobbying", "season-sign-off"}
    assert {one for one in names if found(one, asked)} == rules
    for one in rules:
        assert {finding.level for finding in found(one, asked)} == {Level.HOLD}
        assert stopping(found(one, asked), SEND)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT, "It falls into a pre-election period"),
        ("Demo Leader opens the hub.", "“demo leader” names somebody of politics"),
        ("Councillor Leader opens the hub.", "“councillor leader” names somebody of politics"),
        ("Councillor Somebody opens the hub.", "“Councillor Somebody” names somebody of politics"),
        ("The hub is open, says the Chair of the Example Board.", "“chair of the example board” names"),
    ],
)
def test_the_rest_needs_an_approver_s_name(text: str, words: str) -> None:
    assert words in said("season-sign-off", season(text))
    assert found("season-sign-off", season(text, signed_off=SIGNED)) == ()
    assert found("season-sign-off", season(text, signed_off=frozenset({"another"})))


def test_the_period_and_its_end_are_named() -> None:
    assert "“Local elections” (22 November 2026 to 09:00 on 14 December 2026)" in said("season-sign-off", season())


def test_pictures_are_read_too() -> None:
    shown = picture(alt="Demo O’Candidate-Else cuts a ribbon.")
    assert found("season-candidate", season(media=(shown,)))


@pytest.mark.parametrize(
    ("day", "stands"), [(date(2026, 10, 31), False), (date(2026, 12, 14), True), (date(2026, 12, 15), False)]
)
def test_a_candidate_is_one_on_the_days_given(day: date, stands: bool) -> None:
    long = replace(PERIOD, starts_at=NOW - timedelta(days=90), ends_at=NOW + timedelta(days=90))
    due = datetime.combine(day, time(12), UTC)
    going = (delivery("lga-mastodon", due_at=due, closes_at=due + timedelta(hours=2)),)
    asked = season("Demo O’Candidate-Else opens the hub.", period=long, deliveries=going, now=due)
    assert bool(found("season-candidate", asked)) is stands


def test_the_planned_before_test_goes_by_the_first_moment() -> None:
    """Moved into the period: the reason is told, and the moment to which it was moved changes nothing."""
    before = PERIOD.starts_at - timedelta(microseconds=1)
    assert "first planned for 22 November 2026, before the period began" in said(
        "season-sign-off", season(planned=before)
    )
    assert "first planned" not in said("season-sign-off", season(planned=PERIOD.starts_at))
    moved = season(planned=before)
    later = replace(moved, post=replace(moved.post, scheduled_for=PERIOD.ends_at - timedelta(days=1)))
    assert "before the period began" in said("season-sign-off", later)


@pytest.mark.parametrize(
    ("change", "held"),
    [
        ({}, True),
        ({"campaigns": (LGA.id,)}, True),
        ({"campaigns": ("county-children",)}, False),
        ({"applies_to": (PARTNER_PACKS,)}, False),
        ({"areas": ("Kent",)}, False),
        ({"areas": ("Essex", "Early  HELP")}, True),  # named in the text
        ({"areas": ("Surrey",)}, True),  # the account speaks for it
    ],
)
def test_what_a_period_covers(change: dict[str, object], held: bool) -> None:
    asked = season("Families find early help nearby.", period=replace(PERIOD, **change))  # type: ignore[arg-type]  # fields
    local = Account("lga-mastodon", "mastodon", (LGA.id,), areas=("Surrey", "Sussex"))
    accounts = {**asked.revision.accounts, local.id: local}
    asked = replace(asked, revision=replace(asked.revision, accounts=accounts))
    assert bool(found("season-sign-off", asked)) is held


def test_a_posting_time_passes_it_over_and_people_s_posts_wait() -> None:
    for origin, moment, level in [
        (Origin.LIBRARY, Moment.SUBMIT, Level.REFUSE),
        (Origin.LIBRARY, Moment.APPROVE, Level.HOLD),
        (Origin.LIBRARY, SEND, Level.HOLD),
        (Origin.RELEASE, Moment.SUBMIT, Level.HOLD),
        (Origin.PERSON, Moment.SUBMIT, Level.HOLD),
    ]:
        assert [one.level for one in found("season-sign-off", season(origin=origin, moment=moment))] == [level]
    moved_by_hand = season(origin=Origin.LIBRARY, actor="Demo author")
    assert [one.level for one in found("season-sign-off", moved_by_hand)] == [Level.HOLD]


def test_what_is_marked_as_lobbying_is_held_without_telling_words() -> None:
    marked = season(message=message(lobbying=True), signed_off=SIGNED)
    assert "The evergreen post early-help is marked as lobbying" in said("season-lobbying", marked)
    by_ask = season(message=message(asks=("fund-2026",)), signed_off=SIGNED)
    assert found("season-lobbying", by_ask)


SPRING = Period(
    "spring",
    "Spring",
    wall_to_utc(date(2027, 3, 28), time(0), "Europe/London"),
    wall_to_utc(date(2027, 10, 31), time(0), "Europe/London") + timedelta(days=1),
    "Europe/London",
)


@given(st.integers(-72 * 3600, 72 * 3600), st.sampled_from(["start", "end"]))
@settings(max_examples=60)
def test_half_open_at_both_ends_over_both_clock_changes(seconds: int, edge: str) -> None:
    """It begins on the night the clocks go forward, and ends an hour before midnight on that of the other."""
    moment = (SPRING.starts_at if edge == "start" else SPRING.ends_at) + timedelta(seconds=seconds)
    going = (delivery("lga-mastodon", due_at=moment, closes_at=moment + timedelta(hours=1)),)
    inside = SPRING.starts_at <= moment < SPRING.ends_at
    at_send = season(period=SPRING, deliveries=going, now=moment, moment=SEND)
    before = season(period=SPRING, deliveries=going, now=NOW)
    assert bool(found("season-sign-off", at_send)) is inside
    assert bool(found("season-sign-off", before)) is inside


ACCENTED = Spokesperson("zoe", "Ward member for Elsewhere", "Zoë Ash", handles=("zoeash",), candidate=True)


def _with_her(text: str, **more: Any) -> Case:
    asked = season(text, **more)
    return replace(asked, revision=replace(asked.revision, spokespeople={ACCENTED.id: ACCENTED}))


@pytest.mark.parametrize(
    "text",
    [
        "Meet Zoe Ash today",
        "Meet Z. Ash",
        "Meet Cllr. Z. Ash",
        "Meet Ash, Zoë",
        "Meet Zoë M. Ash",
        "Meet Zoë Mary Ash",
        "#ZoeAsh is here",
        "Meet Zo\u0308e Ash",
        "Z0ë A5h is here",
        "Zoë/Ash",
        "**Zoë** **Ash**",
        "Zoë (Ash)",
        "Cllr.Ash is here",
        "CllrAsh is here",
        "Coun. Ash is here",
        "Councilor Ash",
        "Cllr: Ash",
        "Wаrd member for Elsewhere",  # a Cyrillic letter
    ],
)
def test_a_candidate_is_known_by_any_form_of_the_name(text: str) -> None:
    assert found("season-candidate", _with_her(text))
    assert found("season-candidate", _with_her("Help early.", media=(picture(alt=text),)))
    assert found("season-candidate", _with_her("Help early.", variants={"mastodon": text}))
    assert found("season-candidate", _with_her(f"Help early.\n---\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "@ zoeash said so",
        "See x.com/zoeash/status/1",
        "https://x.com/zoe%61sh/status/1",
        "https://x.com/%257Aoeash",
        "https://x.com/i/status/1?by=zoeash",
        "See zoeash.example.org/news",
        "RT zoeash: hello",
    ],
)
def test_what_a_candidate_posts_is_known_by_any_form_of_the_address(text: str) -> None:
    assert found("season-shared", _with_her(text))


@pytest.mark.parametrize(
    "text", ["Zoë was here. The ash tree fell.", "An ash in the zoe park", "See zoeashton.example"]
)
def test_other_words_are_nobody(text: str) -> None:
    assert not found("season-candidate", _with_her(text))
    assert not found("season-shared", _with_her(text))


@given(st.sampled_from(PEOPLE[:2]), st.data())
@settings(max_examples=80)
def test_no_spelling_hides_a_name(who: Spokesperson, data: st.DataObject) -> None:
    seen = []
    for letter in who.name:
        seen.append(data.draw(st.sampled_from([letter, letter.upper(), letter.lower()])))
        seen.append(data.draw(st.sampled_from(["", "", "", "\u200b", "\u2060", "-", " ", "."])))
    text = f"Hear {''.join(seen)} tonight"
    proof = Proof("lga-mastodon", "mastodon", (ProofPart(text, len(text)),))
    if who.candidate:
        assert found("season-candidate", season(proof=proof))
    else:
        assert "somebody of politics" in said("season-sign-off", season(proof=proof))
