"""A year of both shipped campaigns looked ahead over two clock changes and an election; beside the rules alone.

python -m bench.forecast      in the workspace that BFBOT_HOME names; prints JSON
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bfbot.rules.base import Case

WEEKS, RUNS = 53, 3
INTO, LASTS = timedelta(days=150), timedelta(days=42)
ELECTION = """\
periods:
  - {{id: bench-election, name: An election, from: {0:%Y-%m-%d}, until: {1:%Y-%m-%d} 22:00, zone: Europe/London}}
"""


def main() -> None:
    """Median seconds of a look ahead, and of asking every rule about as many posts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bfbot.ledger.settings")
    import django

    django.setup()
    from bench.figure import side_by_side
    from bfbot.config import config
    from bfbot.engine.units import utc_now
    from bfbot.forecast.look_ahead import look_ahead
    from bfbot.library import current_revision
    from bfbot.platforms.registry import known
    from bfbot.rules.base import judge
    from bfbot.rules.catalogue import RULES

    now = utc_now()
    vote = now + INTO
    (config().home / "schedules" / "bench-election.yaml").write_text(ELECTION.format(vote, vote + LASTS))
    revision = current_revision(now, platforms=known())
    assert "bench-election" in revision.periods
    assert clock_changes(now) >= 2
    cases = asked(now)
    posts = len(look_ahead(now, WEEKS).lines)
    cases = (cases * (posts // len(cases) + 1))[:posts]

    def ours() -> None:
        found = look_ahead(now, WEEKS)
        assert len(found.lines) == posts
        assert any("An election" in one.why for one in found.empty)

    def peer() -> None:
        for case in cases:
            judge(replace(case), RULES)  # anew: nothing that was worked out of it before

    took, rules = side_by_side(ours, peer, RUNS)
    print(json.dumps({"forecast": took, "rules": rules, "posts": posts, "weeks": WEEKS, "runs": RUNS}))


def clock_changes(now: datetime) -> int:
    """How often the clocks change in the time looked at, in London."""
    from bfbot.domain.localtime import local

    offsets = [local(now + timedelta(days=day), "Europe/London").utcoffset() for day in range(WEEKS * 7 + 1)]
    return sum(one != other for one, other in pairwise(offsets))


def asked(now: datetime) -> list[Case]:
    """What the rules are asked right before a post goes out, for every post of four weeks."""
    from bfbot.domain.finding import Finding, Moment
    from bfbot.forecast.judge import Judge
    from bfbot.forecast.look_ahead import look_ahead

    cases: list[Case] = []
    short = Judge._findings

    def kept(self: Judge, case: Case) -> tuple[Finding, ...]:
        if case.moment is Moment.SEND:
            cases.append(case)
        return short(self, case)

    Judge._findings = kept  # type: ignore[method-assign]  # for this one look
    try:
        look_ahead(now, 4)
    finally:
        Judge._findings = short  # type: ignore[method-assign]  # as it was
    return cases


if __name__ == "__main__":
    main()
