"""The campaign's own traps, met with its own shipped statistics: what each rule says, and of the fair form."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from bfbot.domain.finding import Level
from bfbot.domain.revision import Revision
from bfbot.library import read_library
from bfbot.library.shipped import shipped_folder
from tests.rules.cases import case, found, waiting
from tests.rules.team_files import CCN, LGA, NOW, REVISION

_R, _C, _H, _W = Level.REFUSE, Level.CONFIRM, Level.HOLD, Level.WARN


@cache
def shipped() -> Revision:
    read, _ = read_library(shipped_folder(), now=datetime(2026, 11, 23, tzinfo=UTC))
    assert read is not None
    return replace(REVISION, facts=read.facts)


HAZARDS = [
    # the three gaps: one after the other, all of them over
    ("typed-figure", "Children’s services face a gap of £2 billion.", _R, "funding-gap-2020"),
    ("typed-figure", "Children’s services face a gap of £3bn by 2025.", _R, "funding-gap-2025a"),
    ("typed-figure", "A three point one billion pound gap.", _R, "funding-gap-2025b"),
    ("typed-figure", "A gap of £3,100m by 2O25.", _R, "funding-gap-2025b"),
    ("typed-figure", "A £500m gap in special needs money.", _R, "send-gap"),
    ("typed-figure", "Half a billion pounds is missing for special needs.", _R, "send-gap"),
    ("typed-figure", "We ask for £1.6 billion more.", _R, "send-investment"),
    ("fact-usable", "The gap is {fact:funding-gap-2025b}.", _R, "funding-gap-2025b"),
    ("fact-usable", "The gap is {fact:funding-gap-2020}.", _R, "expired on"),
    ("one-figure", "{fact:funding-gap-2025a} or {fact:funding-gap-2025b}?", _R, "one measure"),
    # eight-fold
    ("typed-figure", "An eight-fold rise in child modern slavery referrals.", _R, "slavery-eightfold"),
    ("typed-figure", "Slavery referrals are 8 times as many.", _R, "slavery-eightfold"),
    ("one-figure", "{fact:slavery-referrals}: {fact:slavery-eightfold}.", _R, "one measure"),
    # nine in ten
    ("share-rounded", "Nine in ten councils are overspending.", _R, "councils-overspending"),
    ("share-rounded", "9 out of 10 councils overspending.", _R, "councils-overspending"),
    ("figure-sourced", "88 per cent of councils are overspending.", _C, "{fact:councils-overspending}"),
    ("figure-sourced", "Eighty-eight percent of councils overspend.", _C, "{fact:councils-overspending}"),
    # part and whole
    ("part-whole-sum", "£22 million helps councils to improve.", _R, "peer-review"),
    ("part-whole-sum", "{fact:sector-improvement} and {fact:peer-review} together.", _R, "peer-review"),
    ("part-and-whole", "{fact:sector-improvement} and {fact:peer-review}.", _W, "peer-review"),
    # a rise without its base
    ("per-cent-derived", "{fact:cp-plans-rise} more are on plans, 60 per cent up.", _R, "cp-plans-rise"),
    # two owners
    ("owner-figures", "Referrals rose {fact:ccn-referrals}.", _R, "CCN"),
    ("owner-names", "With CCN we ask for help early.", _H, "CCN"),
    ("owner-campaigns", "Help early. #CountyChildren", _R, "CCN"),
    # a sum over tweets, and a figure without a source
    ("typed-figure", "Our tweets reached 7OO,OOO people.", _R, "result-reach"),
    ("typed-figure", "One in ten children needs extra help.", _R, "extra-help"),
    ("typed-figure", "10 per cent of children need extra help.", _R, "extra-help"),
    ("fact-latest", "Enquiries: {fact:cp-enquiries-2018}.", _C, "two years"),
]

FAIR = [
    ("typed-figure", "Child modern slavery referrals rose by 800 per cent."),
    ("fold-per-cent", "Child modern slavery referrals rose by 800 per cent, or nine-fold."),
    ("share-rounded", "Nearly nine in ten councils are overspending."),
    ("share-rounded", "Nine in ten parents read to their children."),
    ("part-whole-sum", "{fact:sector-improvement}, of which {fact:peer-review} is for reviews."),
    (
        "per-cent-derived",
        "Enquiries rose from {fact:cp-enquiries-2008} to {fact:cp-enquiries-2018}, {fact:cp-enquiries-rise}.",
    ),
    ("one-figure", "{fact:cp-enquiries-2008}, then {fact:cp-enquiries-2018}."),
    ("typed-figure", "Crisis support of £250 million a year."),
    ("figure-sourced", "Enquiries rose by {fact:cp-enquiries-rise}."),
    ("figure-sourced", "Social workers start on {fact:new-cases-daily} new cases."),
    ("typed-figure", "By 2025 we met 43 times in Room 107."),
]


@pytest.mark.parametrize(("rule_id", "text", "level", "names"), HAZARDS)
def test_the_hazard_is_met(rule_id: str, text: str, level: Level, names: str) -> None:
    (first, *_) = found(rule_id, case(text, revision=shipped()))
    assert first.level is level
    assert names in str(first)


@pytest.mark.parametrize(("rule_id", "text"), FAIR)
def test_the_fair_form_passes(rule_id: str, text: str) -> None:
    assert found(rule_id, case(text, revision=shipped())) == ()


def test_eight_fold_is_caught_without_its_blocked_entry_too() -> None:
    facts = {key: one for key, one in shipped().facts.items() if key != "slavery-eightfold"}
    asked = case("Child modern slavery referrals: an eight-fold rise.", revision=replace(shipped(), facts=facts))
    (one,) = found("fold-per-cent", asked)
    assert "nine-fold" in one.mend


def test_fold_and_per_cent_are_compared_over_the_queue() -> None:
    """Each is fair alone; of two that wait, one is wrong."""
    asked = case(
        "Calls to our helpline: an eight-fold rise.",
        queued=(waiting("Helpline calls rose by 800 per cent.", "lga-x"),),
    )
    (one,) = found("fold-per-cent", asked)
    assert "post 8" in one.message
    other = case(
        "Helpline calls rose by 800 per cent.", queued=(waiting("Helpline calls: an eight-fold rise.", "lga-x"),)
    )
    assert found("fold-per-cent", other)
    apart = case(
        "Helpline calls rose by 800 per cent.", queued=(waiting("Adoption: an eight-fold rise.", "lga-x"),)
    )
    assert not found("fold-per-cent", apart)


def test_one_owner_s_total_stays_its_own() -> None:
    facts = dict(shipped().facts)
    facts["county"] = replace(facts["sector-improvement"], id="county", owner=CCN.owner, measure="county fund")
    asked = case(
        "That makes £104 million for families.", campaign=LGA, now=NOW, revision=replace(shipped(), facts=facts)
    )
    (one, *_) = found("owner-total", asked)
    assert "LGA" in one.message
    assert "CCN" in one.message
