"""How a fact is printed: the figure with its qualifier, its period, and where it comes from.

Decimal all the way: a figure is never rounded, and never passes through a float.
"""

from __future__ import annotations

from decimal import Decimal

from bfbot.domain.fact import Fact, Qualifier

_QUALIFIERS = {
    Qualifier.EXACT: "",
    Qualifier.MORE_THAN: "more than ",
    Qualifier.NEARLY: "nearly ",
    Qualifier.ABOUT: "about ",
    Qualifier.UP_TO: "up to ",
    Qualifier.POTENTIAL: "a potential ",
}
_SCALES = ((Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))


def figure_text(fact: Fact) -> str:
    """The figure as it stands in a sentence, qualifier first.

    By unit: GBP "£3.1 billion"; per cent "139 per cent"; times "8 times"; 1 in N "1 in 10" (the value is N);
    a noun "201,170", with the noun only where the measure's own words lack it ("6 packs"); a rate takes
    its period: GBP/year "£250 million a year", enquiries/day "more than 500 a day".
    """
    unit, _, per = fact.unit.partition("/")
    figure = _QUALIFIERS[fact.qualifier] + _amount(fact.value, unit.strip(), fact.measure)
    return f"{figure} a {per.strip()}" if per.strip() else figure


def period_text(fact: Fact) -> str:
    """The period as printed; "" where the fact has none."""
    return fact.period.strip()


def source_text(fact: Fact) -> str:
    """The name of the source; "" where there is none."""
    return fact.source.name.strip() if fact.source else ""


def citation(fact: Fact) -> str:
    """Who says so, and for when: "LGA, 2008/09 to 2018/19"; "" for a fact without a source."""
    if fact.source is None:
        return ""
    return ", ".join(part for part in (fact.owner, period_text(fact)) if part)


def _amount(value: Decimal, unit: str, measure: str) -> str:
    if unit == "GBP":
        sign = "-" if value < 0 else ""
        return f"{sign}£{_scaled(abs(value))}"
    if unit == "1 in N":
        return f"1 in {_plain(value)}"
    if unit in {"per cent", "times"}:
        return f"{_plain(value)} {unit}"
    if not unit or unit.casefold() in measure.casefold():
        return _scaled(value)
    return f"{_scaled(value)} {unit}"


def _scaled(value: Decimal) -> str:
    """Millions and billions in words where at most two decimals say it exactly, else every digit."""
    for scale, name in _SCALES:
        if abs(value) >= scale:
            shown = _plain(value.scaleb(-scale.adjusted()))
            if len(shown.partition(".")[2]) <= 2:
                return shown + name
    return _plain(value)


def _plain(value: Decimal) -> str:
    """All digits with thousands apart, without an exponent or trailing zeros."""
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
