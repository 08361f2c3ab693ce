"""A look at 10,000 posts that wait, once a statistic has changed; beside reading the same posts alone.

python -m bench.recheck      in the workspace that BFBOT_HOME names; prints JSON
"""

from __future__ import annotations

import json
import os
from datetime import timedelta

QUEUED, RUNS = 10_000, 3
SENTENCES = (
    "Child protection enquiries rose {{fact:cp-enquiries-rise}}. District {0} asks for help early.",
    "In ward {0}, 12 families came to 3 open days; {0} per cent had never asked for help before.",
    "Join us in room {0} on 14 May at 10.30am: tea, cake and a talk about fostering.",
    "{{fact:councils-overspending}} of councils overspent, and hub {0} stays open until 8pm.",
)
"""By turns: named statistics, one typed by hand and confirmed, and the numbers of every day."""

CHANGED = """\
facts:
  - id: bench-visits
    measure: visits to a measured page
    value: 4711
    unit: visits
    qualifier: exact
    period: 2025/26
    period_ends: 2026-03-31
    as_of: 2026-03-31
    status: usable
    owner: LGA
    source: {name: Campaign page}
"""
"""Another state of the library, under which every post has to be looked at anew; none of them names this one."""


def main() -> None:
    """Median seconds of a recheck, and of the reading in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bfbot.ledger.settings")
    import django

    django.setup()
    from bench import queue
    from bench.figure import side_by_side
    from bfbot.config import config
    from bfbot.desk.rechecking import recheck
    from bfbot.engine.units import utc_now
    from bfbot.ledger.waiting_posts import approvals_in_force, waiting_posts
    from bfbot.library import current_revision
    from bfbot.platforms.registry import known
    from bfbot.rules.figures_read import figures

    now = utc_now()
    moments = [now + timedelta(days=1, minutes=5 * number) for number in range(QUEUED)]
    queue.approved(["practice-lga"], moments, now, "asked", lambda one: SENTENCES[one % 4].format(one))
    before = current_revision(now, platforms=known())
    (config().home / "messages" / "bench-fact.yaml").write_text(CHANGED)
    assert current_revision(now, platforms=known()).number != before.number

    def ours() -> None:
        figures.cache_clear()  # as after a start: no text was read before
        done = recheck(now)
        assert (done.looked_at, done.back) == (QUEUED, ())

    def peer() -> None:
        assert (len(waiting_posts(now)), len(approvals_in_force())) == (QUEUED, QUEUED)

    took, reading = side_by_side(ours, peer, RUNS)
    print(json.dumps({"recheck": took, "reading": reading, "queued": QUEUED, "runs": RUNS}))


if __name__ == "__main__":
    main()
