"""Statistics by id, old and changed ones, and one figure for one measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bfbot.domain.fact import Source
from bfbot.domain.finding import Level, Moment
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.fresh_figures import months_after
from bfbot.rules.verdict import stopping
from tests.rules.cases import Case, case, delivery, found, said, send_case, waiting
from tests.rules.team_files import FACTS, NOW, REVISION, fact


def with_fact(text: str, **changed: object) -> Case:
    """A case about the statistic `peer` with some of its fields changed."""
    facts = {**REVISION.facts, "peer": replace(REVISION.facts["peer"], **changed)}  # type: ignore[arg-type]  # test data
    return case(text, revision=replace(REVISION, facts=facts))


@pytest.mark.parametrize(
    ("fact_id", "words"),
    [
        ("gap-2025b", ("“£3.1 billion”", "expired on 31 December 2025", "Leave the figure out")),
        ("gap-2020", ("“£2 billion”", "replaced", "gap-2025b (£3.1 billion), expired on 31 December 2025")),
        ("gap-2025a", ("“£3 billion”", "replaced", "gap-2025b")),
        ("old-budget", ("“£5.1 million”", "replaced", "Use {fact:new-budget} instead: £6.2 million")),
        ("eightfold", ("“8 times”", "blocked", "plus 800 per cent is nine-fold", "{fact:referrals}")),
        ("releases", ("“43”", "team's own use")),
        ("reach", ("“about 700,000", "blocked")),
    ],
)
def test_a_refusal_names_the_figure_the_reason_and_the_way_out(fact_id: str, words: tuple[str, ...]) -> None:
    message = said("fact-usable", case(f"See {{fact:{fact_id}}}."))
    assert fact_id in message
    for one in words:
        assert one in message


@pytest.mark.parametrize("fact_id", ["rise", "enquiries-2018", "referrals", "mh-crisis", "peer"])
def test_usable_statistics_pass(fact_id: str) -> None:
    assert not said("fact-usable", case(f"See {{fact:{fact_id}}}."))


def test_a_statistic_may_be_used_on_its_last_day_and_not_after() -> None:
    text = "The grant is {fact:ending}."
    assert found("fact-usable", case(text)) == ()
    tomorrow = NOW + timedelta(days=1)
    later = delivery("lga-mastodon", due_at=tomorrow, closes_at=tomorrow + timedelta(hours=1))
    assert "expired on 23 November 2026" in said("fact-usable", case(text, deliveries=(later,)))


def test_the_last_day_ends_at_local_midnight() -> None:
    """In summer the campaign's day is over an hour before the one of UTC."""
    asked = with_fact("The offer is {fact:peer}.", expires=date(2027, 6, 30))
    evening = NOW.replace(year=2027, month=6, day=30, hour=22, minute=59)
    for moment, refused in ((evening, False), (evening + timedelta(minutes=1), True)):
        going = (replace(asked.deliveries[0], due_at=moment, closes_at=moment + timedelta(hours=1)),)
        assert bool(found("fact-usable", replace(asked, deliveries=going))) is refused


def test_cards_and_alt_texts_name_statistics_too() -> None:
    assert said("fact-usable", case(cards=("gap-2025b",)))
    assert said("fact-usable", case("Plain.", variants={"mastodon": "The gap is {period:gap-2025b}."}))


@pytest.mark.parametrize("source", [None, Source(" ")])
def test_sourceless(source: Source | None) -> None:
    assert "no source" in said("fact-sourced", with_fact("The offer is {fact:peer}.", source=source))


def test_a_source_without_a_link_is_told_and_stops_nothing() -> None:
    asked = with_fact("The offer is {fact:peer}.", source=Source("Annual report"))
    (one,) = found("fact-sourced", asked)
    assert one.level is Level.WARN
    assert "no link to its source, “Annual report”" in one.message


def test_an_unknown_id_gets_its_neighbour() -> None:
    assert "Did you mean {fact:gap-2025b}?" in said("fact-known", case("{fact:gap-2025bb}"))


def test_review_is_due_the_day_after_its_date() -> None:
    assert found("fact-review", with_fact("{fact:peer} offered", review_by=date(2026, 11, 23))) == ()
    assert (
        found("fact-review", with_fact("{fact:peer} offered", review_by=date(2026, 11, 22)))[0].level is Level.WARN
    )


@pytest.mark.parametrize(("ends", "old"), [(date(2024, 11, 23), False), (date(2024, 11, 22), True)])
def test_two_years_to_the_day(ends: date, old: bool) -> None:
    assert bool(found("fact-latest", with_fact("{fact:peer} offered", period_ends=ends))) is old


def test_without_a_period_the_day_of_reading_counts() -> None:
    asked = with_fact("{fact:peer} offered", period_ends=None, as_of=date(2020, 1, 1))
    assert "1 January 2020" in said("fact-latest", asked)


def test_months_after_the_end_of_february() -> None:
    assert months_after(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert months_after(date(2024, 12, 31), 2) == date(2025, 2, 28)


def test_an_approver_confirms_an_old_figure_in_writing() -> None:
    claims = found("fact-latest", case("Enquiries rose {fact:rise}.", moment=Moment.APPROVE))
    assert [one.level for one in claims] == [Level.CONFIRM]
    assert stopping(claims, Moment.APPROVE, "  ")
    assert not stopping(claims, Moment.APPROVE, "No later series exists.")


def test_an_earlier_approval_does_not_confirm_a_new_one() -> None:
    earlier = send_case("Enquiries rose {fact:rise}.", approved={"confirmed": "Yes."})
    assert found("fact-latest", replace(earlier, moment=Moment.APPROVE))


def test_a_corrected_statistic_holds_the_post_that_shows_the_old_one() -> None:
    approved = send_case("The offer is {fact:peer}.")
    corrected = replace(
        REVISION, facts={**REVISION.facts, "peer": fact("peer", "peer review offer", "2500000", "GBP")}
    )
    assert "“£2.5 million”" in said("fact-unchanged", replace(approved, revision=corrected))
    assert not found("fact-unchanged", approved)


def test_a_figure_at_the_start_of_a_sentence_is_still_the_figure() -> None:
    changed = with_fact("{fact:peer} was offered.", qualifier="more_than")
    assert found("fact-unchanged", replace(changed, moment=Moment.SEND)) == ()


@pytest.mark.parametrize(
    ("one", "other"), [("gap-2020", "gap-2025b"), ("spend-a", "spend-b"), ("referrals", "eightfold")]
)
def test_two_figures_for_one_measure_are_both_named(one: str, other: str) -> None:
    message = said("one-figure", case(f"{{fact:{one}}} or {{fact:{other}}}"))
    assert one in message
    assert other in message


def test_two_figures_are_found_across_variants_and_cards() -> None:
    assert said(
        "one-figure", case("{fact:spend-a}", accounts=("lga-mastodon", "lga-x"), variants={"x": "{fact:spend-b}"})
    )
    assert said("one-figure", case("{fact:spend-a}", cards=("spend-b",)))


def test_a_first_and_a_last_year_are_two_measures() -> None:
    assert not said("one-figure", case("From {fact:enquiries-2008} to {fact:enquiries-2018}."))


def test_a_figure_that_may_not_go_out_does_not_block_its_correction() -> None:
    asked = case("The budget is {fact:new-budget}.", queued=(waiting("It is {fact:old-budget}.", "lga-x"),))
    assert found("one-figure-queue", asked) == ()


def test_every_statistic_of_the_register_is_judged_without_error() -> None:
    for one in FACTS:
        judge(case(f"{{fact:{one.id}}} {{period:{one.id}}}", cards=(one.id,)), RULES)
