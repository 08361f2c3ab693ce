"""Every figure of the source documents is in the library, as it stood there."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.content.shipped import ROOT, facts, listed

# id: value, unit, qualifier, status, owner
EXPECTED: dict[str, tuple[int, str, str, str, str]] = {
    "funding-gap-2020": (2_000_000_000, "GBP", "exact", "superseded", "LGA"),
    "funding-gap-2025a": (3_000_000_000, "GBP", "exact", "superseded", "LGA"),
    "funding-gap-2025b": (3_100_000_000, "GBP", "exact", "expired", "LGA"),
    "send-investment": (1_600_000_000, "GBP", "exact", "expired", "LGA"),
    "send-gap": (500_000_000, "GBP", "potential", "superseded", "LGA"),
    "cp-enquiries-2008": (84_100, "enquiries", "exact", "usable", "LGA"),
    "cp-enquiries-2018": (201_170, "enquiries", "exact", "usable", "LGA"),
    "cp-enquiries-rise": (139, "per cent", "exact", "usable", "LGA"),
    "cp-plans-rise": (18_000, "children", "more_than", "usable", "LGA"),
    "cp-enquiries-daily": (500, "enquiries/day", "more_than", "usable", "LGA"),
    "new-cases-daily": (1_000, "children/day", "exact", "usable", "LGA"),
    "overspend-2017": (800_000_000, "GBP", "more_than", "usable", "LGA"),
    "spend-growth": (750_000_000, "GBP", "more_than", "usable", "LGA"),
    "councils-overspending": (88, "per cent", "exact", "usable", "LGA"),
    "slavery-referrals": (800, "per cent", "exact", "usable", "LGA"),
    "slavery-eightfold": (8, "times", "exact", "blocked", "LGA"),
    "extra-help": (10, "1 in N", "exact", "blocked", "LGA"),
    "variation-factors": (5, "factors", "exact", "usable", "LGA"),
    "budget-programmes": (84_000_000, "GBP", "exact", "usable", "LGA"),
    "budget-flexible": (410_000_000, "GBP", "exact", "usable", "LGA"),
    "sector-improvement": (20_000_000, "GBP", "exact", "usable", "LGA"),
    "peer-review": (2_000_000, "GBP", "exact", "usable", "LGA"),
    "mental-health-promised": (250_000_000, "GBP/year", "exact", "internal", "LGA"),
    "mental-health-crisis": (250_000_000, "GBP/year", "exact", "usable", "LGA"),
    "ccn-referrals": (15, "per cent", "up_to", "usable", "CCN"),
    "result-releases": (43, "releases", "exact", "internal", "LGA"),
    "result-mentions": (107, "mentions", "exact", "internal", "LGA"),
    "result-visits": (50_000, "visits", "more_than", "internal", "LGA"),
    "result-tweets": (133, "tweets", "exact", "internal", "LGA"),
    "result-reach": (700_000, "people", "about", "blocked", "LGA"),
    "result-case-studies": (70, "case studies", "more_than", "internal", "LGA"),
    "result-packs": (6, "packs", "exact", "internal", "LGA"),
}


def test_every_figure_and_no_other() -> None:
    assert set(facts()) == set(EXPECTED)


@pytest.mark.parametrize("fact_id", EXPECTED)
def test_figure(fact_id: str) -> None:
    fact = facts()[fact_id]
    found = tuple(fact[key] for key in ("value", "unit", "qualifier", "status", "owner"))
    assert found == EXPECTED[fact_id]
    assert fact["measure"]
    assert fact["source"]["name"]
    assert isinstance(fact["as_of"], date)


def test_usable_figures_have_a_period_and_a_day_of_review() -> None:
    for fact in facts().values():
        if fact["status"] == "usable":
            assert fact["period"]
            assert isinstance(fact["period_ends"], date)
            assert fact["review_by"] > fact["as_of"]


def test_the_gap_is_one_measure_in_a_chain_of_replacements() -> None:
    chain = [facts()[f"funding-gap-{one}"] for one in ("2020", "2025a", "2025b")]
    assert len({one["measure"] for one in chain}) == 1
    assert chain[1]["supersedes"] == ["funding-gap-2020"]
    assert chain[2]["supersedes"] == ["funding-gap-2025a"]
    assert [one["expires"] for one in chain] == [date(2020, 12, 31), date(2025, 12, 31), date(2025, 12, 31)]


def test_figures_that_belong_or_clash_say_so() -> None:
    assert facts()["peer-review"]["part_of"] == "sector-improvement"
    assert "slavery-eightfold" in facts()["slavery-referrals"]["conflicts_with"]
    assert facts()["slavery-eightfold"]["measure"] == facts()["slavery-referrals"]["measure"]
    assert "adult" in facts()["budget-flexible"]["measure"]
    assert "commissioned" in facts()["variation-factors"]["note"]


def test_figures_of_usable_facts_do_not_share_a_measure() -> None:
    measures = [one["measure"] for one in facts().values() if one["status"] == "usable"]
    assert len(set(measures)) == len(measures)


def test_blocked_and_internal_figures_are_dated_but_never_reviewed_into_use() -> None:
    for fact in facts().values():
        assert (fact["status"] == "usable") == ("review_by" in fact)


def test_no_letter_stands_for_a_digit() -> None:
    for path in (ROOT / "messages").glob("*.yaml"):
        assert not re.search(r"\d[Oo]\d|\dOO|[£(]\dO", path.read_text(encoding="utf-8"))


def asks(campaign: str, version: str) -> list[dict[str, Any]]:
    return [one for one in listed("messages", "asks") if (one["campaign"], one["version"]) == (campaign, version)]


def test_the_asks_by_version() -> None:
    assert [len(asks("bright-futures", one)) for one in ("2018-11", "2019-01", "2019-11")] == [3, 3, 7]
    assert len(asks("county-children", "2024-01")) == 5
    assert len(listed("messages", "asks")) == 18
    assert {one["status"] for one in asks("bright-futures", "2018-11")} == {"superseded"}
    assert {one["status"] for one in asks("bright-futures", "2019-01")} == {"superseded"}
    assert {one["status"] for one in asks("bright-futures", "2019-11")} == {"expired"}
    assert {one["status"] for one in asks("county-children", "2024-01")} == {"current"}
    assert all(one["lobbying"] and one["addressed_to"] for one in listed("messages", "asks"))
