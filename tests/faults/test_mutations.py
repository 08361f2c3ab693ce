"""Each guard still stands where the copies without it take it out: a fast word before the slow tests need it."""

from __future__ import annotations

import pytest

from tests.faults.mutations import MUTATIONS
from tests.faults.processes import ROOT


@pytest.mark.parametrize("guard", MUTATIONS)
def test_a_guard_is_taken_out_where_it_stands(guard: str) -> None:
    counts = {(name, old): (ROOT / "bfbot" / name).read_text().count(old) for name, old, _ in MUTATIONS[guard]}
    assert counts == dict.fromkeys(counts, 1)
