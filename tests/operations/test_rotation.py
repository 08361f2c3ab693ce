"""Which backups stay."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bfbot.engine.backup_rotation import DAYS, WEEKS, name_of, superfluous, taken_at

START = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)
moments = st.lists(st.integers(0, 400 * 24 * 60).map(lambda m: START + timedelta(minutes=m)), unique=True)


def test_a_year_of_days_leaves_seven_days_and_four_weeks() -> None:
    kept: set[str] = set()
    for day in range(365):
        kept.add(name_of(START + timedelta(days=day)))
        kept -= set(superfluous(kept))
    ages = sorted((START + timedelta(days=364) - moment).days for name in kept if (moment := taken_at(name)))
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert 8 <= len(ages) <= DAYS + WEEKS
    assert 18 <= max(ages) <= 28


@given(moments)
def test_the_newest_is_always_kept_and_never_more_than_the_rule_allows(taken: list[datetime]) -> None:
    names = {name_of(one) for one in taken}
    kept = names - set(superfluous(names))
    assert len(kept) <= DAYS + WEEKS
    if names:
        assert max(names) in kept
    assert not superfluous(kept), "what was kept once is kept the next minute"


@given(st.text())
def test_what_is_no_backup_by_its_name_is_nobody_s_to_remove(name: str) -> None:
    assert superfluous([name, "before-migration-20260101T000000Z.sqlite3", "bfbot-20269999T000000Z.tar"]) == []


@given(moments.filter(bool))
def test_a_name_tells_its_moment(taken: list[datetime]) -> None:
    assert taken_at(name_of(taken[0])) == taken[0]
