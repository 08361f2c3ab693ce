"""A listing that leaves nothing out stays quick, and says of each post what the desk's own reading says."""

from __future__ import annotations

import resource
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bfbot.domain.message import MediaUse
from bfbot.domain.post import Origin, Wording
from bfbot.domain.proof import Proof, ProofPart
from bfbot.domain.states import PostState
from bfbot.ledger import deliveries, models, posts
from bfbot.ledger.every_post import every_post
from tests.cli.desk import AUTHOR, new_desk
from tests.uploads import uploaded

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.mark.slow
def test_ten_thousand_posts_are_listed_in_a_few_seconds(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "desk")
    words = ("--campaign", "bright-futures", "--account", "practice-lga", "--author", AUTHOR)
    desk.well("queue", "add", *words, "--text", "One of ten thousand.", "--at", "2095-05-06T09:00")
    for table, changed in (("post", {}), ("delivery", {"post_id": "n.n + 1", "key": "'key-' || n.n"})):
        columns = [row[1] for row in desk.rows(f"PRAGMA table_info(ledger_{table})") if row[1] != "id"]
        values = ", ".join(changed.get(one, f'"{one}"') for one in columns)
        names = ", ".join(f'"{one}"' for one in columns)
        numbers = "WITH n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 9999)"
        desk.rows(
            f"{numbers} INSERT INTO ledger_{table} ({names}) SELECT {values} FROM n, ledger_{table} AS one"
            " WHERE one.id = 1"
        )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    listed = desk.json("queue", "list")
    took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert len(listed) == 10_000
    assert listed[-1]["deliveries"][0]["account"] == "practice-lga"
    assert took < 5, f"{took:.1f} s of computing"


@pytest.mark.django_db
def test_a_post_is_read_as_the_desk_reads_it() -> None:
    models.Revision.objects.create(number=1, digest="d", made_at=NOON, content={})
    for number, campaign in enumerate(("futures", "futures", "county")):
        post = posts.add(
            campaign=campaign,
            origin=Origin.PERSON,
            wording=Wording(
                "Words.",
                {"x": "Short."},
                (
                    uploaded(expires=date(2027, 3, 31)),
                    uploaded(people=None, expires=None),
                    MediaUse("A card", card="gap"),
                ),
                "https://a.example",
            ),
            author="Ann",
            scheduled_for=NOON - timedelta(hours=number),
            window=timedelta(hours=2),
            revision=1,
            now=NOON,
        )
        for account in ("town", "town-x"):
            deliveries.add(post, account, "x", NOON, NOON + timedelta(hours=2))
    first = posts.listing()[0].deliveries[0]
    proof = Proof(account="town", platform="x", parts=(ProofPart("As it is read.", 14),))
    deliveries.give_proof(first.id, proof, NOON)
    for number in (1, 0):
        models.Part.objects.create(
            delivery_id=first.id, number=number, remote_id=f"r{number}", url="", published_at=NOON
        )
    assert every_post() == posts.listing()
    assert every_post()[0].text == "As it is read."
    assert every_post(campaign="county") == posts.listing(campaign="county")
    assert every_post(state=PostState.DRAFT, campaign="futures") == posts.listing(campaign="futures")
    assert every_post(state=PostState.CLOSED) == []
