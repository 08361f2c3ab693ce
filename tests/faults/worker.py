"""A publisher in a process of its own, made to be killed.

    worker.py prepare                        a database with approved posts; BFBOT_HOME names the workspace
    worker.py run ACCOUNT [--later SECONDS]  one pass as after a start: adopt, rescue, release, drain
                  [--join]                   beside other workers that live: nothing is adopted
                  [--stop-after-claim]       hangs between the claim and the request
                  [--passes N]

It runs as a script, so that PYTHONPATH decides which copy of bfbot it is.
"""

from __future__ import annotations

import argparse
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

POSTS = {
    "desk": ["Every child in every county deserves a good start in life."],
    "desk-x": ["Councils want the best for every child in their care."],
    "crowd": [f"A good start in life, part {name}." for name in ("one", "two", "three", "four")],
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["prepare", "run"])
    parser.add_argument("account", nargs="?", default="desk")
    parser.add_argument("--later", type=float, default=0)
    parser.add_argument("--join", action="store_true")
    parser.add_argument("--stop-after-claim", action="store_true")
    parser.add_argument("--passes", type=int, default=1)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bfbot.ledger.settings"
    import django

    import bfbot

    assert Path(bfbot.__file__).is_relative_to(os.environ["EXPECTED_CODE"]), "the wrong copy of bfbot"
    django.setup()
    match asked.command:
        case "prepare":
            prepare()
        case "run":
            run(asked)


def prepare() -> None:
    """Written, submitted and approved by the desk, for longer than a day: midnight changes nothing."""
    from django.core.management import call_command

    from bfbot.desk import review, writing
    from bfbot.domain.person import Role
    from bfbot.domain.post import Wording
    from bfbot.ledger import models, people

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    people.add("Author", Role.AUTHOR, now)
    people.add("Approver", Role.APPROVER, now)
    moment = now - timedelta(minutes=5)
    for account, texts in POSTS.items():
        for number, text in enumerate(texts):
            at = moment + timedelta(seconds=number)
            post = writing.write(
                campaign="bright-futures",
                accounts=[account],
                wording=Wording(text),
                at=at,
                actor="Author",
                now=now,
            )
            review.submit(post.id, actor="Author", now=now)
            review.approve(post.id, actor="Approver", now=now)
    models.Approval.objects.update(from_time=now - timedelta(days=2), until=now + timedelta(days=2))


def run(asked: argparse.Namespace) -> None:
    from bfbot.http import networks
    from bfbot.publishing.drain import drain
    from bfbot.publishing.reconcile import adopt_orphans, rescue
    from bfbot.publishing.release import release_due

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=asked.later)

    if asked.stop_after_claim:
        networks._GuardedAdapter.send = stop_here  # type: ignore[assignment]  # it never returns
    worker = f"worker-{os.getpid()}"
    if not asked.join:
        adopt_orphans(clock())
    for _ in range(asked.passes):
        rescue(clock, worker)
        release_due(clock())
        drain(asked.account, clock, worker)


def stop_here(*_: object, **__: object) -> None:
    print("claimed", flush=True)
    time.sleep(60)


if __name__ == "__main__":
    main()
