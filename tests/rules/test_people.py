"""Rights, consent, names and quotes: what is refused, when, and that no spelling gets round it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.finding import Moment
from bfbot.domain.message import Kind, MediaUse
from bfbot.domain.names import ListedNames, listed
from bfbot.domain.picture import NEVER, Consent, People, Picture, Use
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.listed_names import stand_in
from bfbot.rules.steady import STEADY
from bfbot.rules.verdict import stopping
from tests.rules.cases import TEXT, case, found, message, said
from tests.rules.people import (
    ADULTS,
    CANARY,
    CHILDREN,
    CONSENT,
    NAMES,
    PARK,
    STORY,
    shown,
    story,
)
from tests.rules.test_no_dodging import disguised
from tests.uploads import uploaded

each_moment = pytest.mark.parametrize("moment", list(Moment))
TODAY, YESTERDAY = date(2026, 11, 23), date(2026, 11, 22)


@each_moment
@pytest.mark.parametrize(
    ("held", "words"),
    [
        (None, "Nobody wrote down whose picture “pictures/park.png” is. Add it to messages/media.yaml"),
        (replace(PARK, licence=""), "has no licence"),
        (replace(PARK, credit="", owner=""), "has no credit and no owner"),
        (replace(PARK, expires=None), "has no expires"),
        (replace(PARK, expires=YESTERDAY), "ended on 22 November 2026. Renew them with The council"),
        (replace(PARK, expires=TODAY), ""),
        (replace(PARK, expires=NEVER), ""),
        (replace(PARK, file="pictures/other.png"), "Nobody wrote down"),
    ],
)
def test_a_picture_without_rights_does_not_go_out(moment: Moment, held: Picture | None, words: str) -> None:
    asked = shown(held=held, moment=moment)
    assert words in said("picture-rights", asked)
    assert bool(found("picture-rights", asked)) is bool(words)
    assert bool(stopping(found("picture-rights", asked), moment)) is bool(words)


def test_a_card_drawn_by_bfbot_needs_no_entry() -> None:
    assert not found("picture-rights", case(cards=("peer",)))


WITH = replace(STORY, consent=CONSENT.id)


@each_moment
@pytest.mark.parametrize(
    ("consent", "words"),
    [
        (CONSENT, ""),
        (None, "There is no consent “consent-2026-014”"),
        (replace(CONSENT, expires=YESTERDAY), "ended on 22 November 2026"),
        (replace(CONSENT, withdrawn=TODAY), "was withdrawn on 23 November 2026. Take it out"),
        (replace(CONSENT, scope=frozenset({Use.NAME})), "nobody agreed to"),
        (replace(CONSENT, campaigns=("county-children",)), "is for county-children only"),
        (replace(CONSENT, channels=("x",)), "is for x only. Leave this account out"),
        (replace(CONSENT, channels=("lga-mastodon",)), ""),
    ],
)
def test_a_consent_covers_what_it_says_and_no_more(moment: Moment, consent: Consent | None, words: str) -> None:
    """The same for a case study and for a picture with people."""
    for asked in (
        story(told=WITH, consent=consent, moment=moment),
        shown(held=ADULTS, consent=consent, moment=moment),
    ):
        assert words in said("consent", asked)
        assert bool(found("consent", asked)) is bool(words)
        assert bool(stopping(found("consent", asked), moment)) is bool(words)


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        (STORY, True),
        (replace(STORY, people=People.CHILDREN), True),
        (replace(STORY, people=People.NONE), False),
        (message(people=People.ADULTS), True),
        (message(), False),
    ],
)
def test_a_story_of_somebody_needs_a_consent(told: object, refused: bool) -> None:
    assert bool(found("consent", story(told=told))) is refused  # type: ignore[arg-type]  # messages, by parametrize


def test_a_case_study_that_a_person_writes_needs_one_too() -> None:
    own = case()
    assert found("consent", replace(own, post=replace(own.post, kind=Kind.CASE_STUDY)))


def test_a_picture_with_people_needs_one_and_an_approver_s_word() -> None:
    assert "The picture “park” has no consent" in said("consent", shown(held=replace(ADULTS, consent="")))
    asked = shown(held=ADULTS, moment=Moment.APPROVE)
    assert "The picture “park” shows adults." in said("people-shown", asked)
    assert stopping(judge(asked, RULES), Moment.APPROVE)
    assert not stopping(judge(asked, RULES), Moment.APPROVE, "I looked at consent-2026-014.")


@each_moment
@pytest.mark.parametrize(
    "text",
    [
        f"{CANARY} loves the new bridge.",
        f"{CANARY.upper()} LOVES IT.",
        "Quillfeather, Zenobia, loves the new bridge.",
        "The new bridge: #ZenobiaQuillfeather",
        "The new bridge: #zenobiaquillfeatherday",
        "Z e n o b i a Q u i l l f e a t h e r loves it.",
        "Zénobia Quillfeather loves it.",
        "Zen0bia Qu1llfeather loves it.",
        "Zenobia-Quillfeather's bridge.",
        "Read https://example.org/stories/zenobia-quillfeather/ now.",
        "Tiro loves the new bridge.",
        "Zenobia M. Quillfeather loves it.",
        "Zenobia Mary Quillfeather loves it.",
        "Z. Quillfeather loves it.",
        "Thanks to @zenobiaquillfeather for it.",
        "Read https://example.org/Zenobia%20Quillfeather now.",
        "Read https://example.org/?n=%255Aenobia+Quillfeather now.",
        "Read example.org/zenobia-quillfeather now.",
    ],
)
def test_a_listed_name_never_stands_beside_children(moment: Moment, text: str) -> None:
    asked = shown(text, held=CHILDREN, names=NAMES, moment=moment)
    (one,) = found("child-named", asked)
    assert stopping([one], moment, "I looked at it.")
    for part in ("zenobia", "quillfeather", "tiro"):
        assert part not in str(one).casefold()


@pytest.mark.parametrize("names", [NAMES, listed(f"\ufeff{CANARY}\r\n")])
def test_alt_text_and_the_link_are_read_too(names: ListedNames) -> None:
    assert found("child-named", shown(held=CHILDREN, names=names, alt=f"{CANARY} on a bridge"))
    assert (
        found("child-named", shown(held=CHILDREN, names=names, link=f"https://example.org/{CANARY.split()[0]}-x"))
        == ()
    )
    link = "https://example.org/?who=zenobia%20quillfeather".replace("%20", "+")
    assert found("child-named", shown(held=CHILDREN, names=names, link=link))


def test_every_part_and_every_network_s_own_text_is_read() -> None:
    assert found("child-named", shown(f"Help early.\n---\n{CANARY} rides.", held=CHILDREN, names=NAMES))
    assert found("child-named", shown(held=CHILDREN, names=NAMES, variants={"mastodon": f"{CANARY} rides."}))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_spelling_gets_a_name_past(data: st.DataObject) -> None:
    text = data.draw(disguised(f"{CANARY} loves the bridge"))
    assert found("child-named", shown(text, held=CHILDREN, names=NAMES)), text
    assert CANARY.casefold() not in repr(shown(held=CHILDREN, names=NAMES).names).casefold()


@pytest.mark.parametrize("text", [TEXT, "Tirol is far away.", "A retiro.", "Zenobia went, and Quillfeather came."])
def test_other_words_are_left_in_peace(text: str) -> None:
    assert not found("child-named", shown(text, held=CHILDREN, names=NAMES))


def test_a_listed_name_without_people_is_no_matter_of_this_rule() -> None:
    assert not found("child-named", shown(f"{CANARY} speaks.", held=PARK, names=NAMES))
    assert not found("name-agreed", shown(f"{CANARY} speaks.", held=PARK, names=NAMES))


@pytest.mark.parametrize(
    "asked",
    [
        shown(f"{CANARY} plays.", use=MediaUse("A bridge", blob="b" * 64), names=NAMES),
        shown(f"{CANARY} plays.", use=uploaded(people=None), names=NAMES),
        shown(f"{CANARY} plays.", use=uploaded(people=People.CHILDREN), names=NAMES),
        shown(f"{CANARY} plays.", told=message(people=People.CHILDREN), names=NAMES),
        shown(held=CHILDREN, names=ListedNames(unread=True)),
    ],
    ids=["upload", "upload of nobody knows whom", "upload of a child", "story of a child", "list unread"],
)
def test_who_knows_nothing_takes_the_safe_side(asked: object) -> None:
    assert found("child-named", asked)  # type: ignore[arg-type]  # cases, by parametrize


def test_an_adult_is_named_only_where_the_consent_says_so() -> None:
    named = replace(CONSENT, scope=CONSENT.scope | {Use.NAME})
    text = f"{CANARY} tells."
    for consent, refused in ((CONSENT, True), (None, True), (named, False)):
        for asked in (
            story(text, told=WITH, consent=consent, names=NAMES),
            shown(text, held=ADULTS, consent=consent, names=NAMES),
        ):
            assert bool(found("name-agreed", asked)) is refused
    child = replace(WITH, people=People.CHILDREN)
    assert found("name-agreed", story(f"{CANARY} tells.", told=child, consent=named, names=NAMES))


def test_what_lies_outside_words_library_and_day_is_asked_at_every_send() -> None:
    assert {"picture-rights", "picture-uploaded", "consent", "people-shown"} <= STEADY
    assert not {"child-named", "name-agreed", "quote-signed"} & STEADY


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    judge(shown(text, held=CHILDREN, names=NAMES), RULES)
    assert not stand_in(listed("\n#\n"), [text])
    assert stand_in(listed(text), [text]) in {True, False}


@pytest.mark.parametrize("text", ["a" * 9000, "a-" * 4000, "a, 9 " * 1500, "z e n o " * 1200, "“a” said " * 900])
def test_a_hostile_text_takes_no_time(text: str) -> None:
    asked = shown(text, held=CHILDREN, names=NAMES)
    started = process_time()
    for rule_id in ("child-named", "name-agreed", "quote-signed"):
        found(rule_id, asked)
    assert process_time() - started < 1
