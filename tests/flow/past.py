"""Weeks that are over, lived through: `past.py publish MOMENT TEXT ACCOUNT...`, `past.py measure MOMENT`.

The moments (ISO 8601 with offset) are given to the desk, the publisher and the measuring as any clock would; the
networks are asked over HTTP as ever.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta


def publish(at: datetime, text: str, accounts: tuple[str, ...]) -> None:
    """Two people agree on a post a minute before its moment, and then it goes out."""
    from bfbot.desk import review, writing
    from bfbot.domain.post import Wording
    from bfbot.library import current_revision
    from bfbot.platforms.registry import known
    from bfbot.publishing.drain import drain
    from bfbot.publishing.release import release_due

    before = at - timedelta(minutes=1)
    current_revision(before, platforms=known())
    post = writing.write(
        campaign="bright-futures", accounts=accounts, wording=Wording(text), at=at, actor="Ann", now=before
    )
    review.submit(post.id, actor="Ann", now=before)
    review.approve(post.id, actor="Bea", now=before)
    for account in release_due(at):
        drain(account, lambda: at, "past")
    release_due(at)


def measure(at: datetime) -> None:
    """What falls due at that moment, and nothing else."""
    from bfbot.accounts.connection import connect
    from bfbot.measuring.measure import measure_due

    taken = measure_due(at, connect=lambda account: connect(account, clock=lambda: at))
    assert not taken.failed, taken.failed


def main(what: str, moment: str, *more: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bfbot.ledger.settings")
    import django

    django.setup()
    at = datetime.fromisoformat(moment)
    if what == "publish":
        publish(at, more[0], more[1:])
    else:
        measure(at)


if __name__ == "__main__":
    main(*sys.argv[1:])
