"""Figures as the trade prints them: the qualifier is never dropped, the number never changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.fact import Fact, FactStatus, Qualifier, Source
from bfbot.domain.figures import citation, figure_text, period_text, source_text

PAGE = Source("Campaign page")


def fact(
    value: str = "139",
    unit: str = "per cent",
    qualifier: str = "exact",
    *,
    id: str = "rise",
    measure: str = "child protection enquiries",
    period: str = "2018/19",
    owner: str = "LGA",
    source: Source | None = PAGE,
) -> Fact:
    return Fact(
        id=id,
        measure=measure,
        value=Decimal(value),
        unit=unit,
        qualifier=Qualifier(qualifier),
        period=period,
        owner=owner,
        source=source,
        as_of=date(2019, 3, 31),
        status=FactStatus.USABLE,
    )


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "printed"),
    [
        ("800000000", "GBP", "more_than", "more than £800 million"),
        ("3100000000", "GBP", "exact", "£3.1 billion"),
        ("3000000000", "GBP", "nearly", "nearly £3 billion"),
        ("500000000", "GBP", "potential", "a potential £500 million"),
        ("250000000", "GBP/year", "exact", "£250 million a year"),
        ("84100", "GBP", "exact", "£84,100"),
        ("1234567890", "GBP", "exact", "£1,234,567,890"),
        ("-5000000", "GBP", "exact", "-£5 million"),
        ("139", "per cent", "exact", "139 per cent"),
        ("15", "per cent", "up_to", "up to 15 per cent"),
        ("2.50", "per cent", "about", "about 2.5 per cent"),
        ("201170", "enquiries", "exact", "201,170"),
        ("6", "packs", "exact", "6 packs"),
        ("500", "enquiries/day", "more_than", "more than 500 a day"),
        ("8", "times", "exact", "8 times"),
        ("10", "1 in N", "exact", "1 in 10"),
        ("1E+6", "people", "exact", "1 million people"),
        ("0", "packs", "exact", "0 packs"),
    ],
)
def test_the_styles_of_the_trade(value: str, unit: str, qualifier: str, printed: str) -> None:
    assert figure_text(fact(value, unit, qualifier)) == printed


def test_a_citation_says_who_and_for_when() -> None:
    assert citation(fact(period="2008/09 to 2018/19")) == "LGA, 2008/09 to 2018/19"
    assert citation(fact(period="")) == "LGA"
    assert citation(fact(source=None)) == ""
    assert source_text(fact(source=None)) == ""
    assert (period_text(fact(period=" 2018 ")), source_text(fact())) == ("2018", "Campaign page")


AMOUNTS = st.decimals(min_value="-1e15", max_value="1e15", places=3, allow_nan=False)


@given(AMOUNTS, st.sampled_from(["GBP", "GBP/year", "per cent", "times", "enquiries", "visits"]))
def test_a_printed_figure_reads_back_as_the_very_same_number(value: Decimal, unit: str) -> None:
    printed = figure_text(fact(str(value), unit))
    number = printed.replace("£", "").replace(",", "").split()[0]
    scale = 10**9 if "billion" in printed else 10**6 if "million" in printed else 1
    assert Decimal(number) * scale == value
    assert "E" not in printed


@given(AMOUNTS, st.sampled_from(list(Qualifier)))
def test_a_qualifier_is_never_dropped(value: Decimal, qualifier: Qualifier) -> None:
    printed = figure_text(fact(str(value), "GBP", qualifier.value))
    assert (qualifier.value.replace("_", " ") in printed) is (qualifier is not Qualifier.EXACT)
