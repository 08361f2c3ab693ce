"""A workspace with a clip, and posts that take it along."""

from __future__ import annotations

from pathlib import Path

from bfbot.desk import review, writing
from bfbot.desk.judging import check_at_send
from bfbot.domain.finding import Moment
from bfbot.domain.message import MediaUse
from bfbot.domain.post import Post, Wording
from bfbot.ledger import posts
from bfbot.rules.verdict import stopping
from tests.desk.steps import SOON, TEXT
from tests.media.films import VTT, film
from tests.workspace import AUTHOR, BRIGHT, NOW, PRACTICE, change

TALK = MediaUse("Two carers talk on a wooden bridge", file="clips/talk.mp4", captions="clips/talk.vtt")
NETWORKS = """\
  - {id: town, platform: mastodon, campaigns: [bright], base_url: "https://social.example"}
  - {id: town-x, platform: x, campaigns: [bright]}
"""


def with_a_clip(home: Path) -> Path:
    """The small workspace with a clip of the library, its captions, and accounts on two more networks."""
    (home / "messages" / "clips").mkdir()
    (home / "messages" / "clips" / "talk.mp4").write_bytes(film())
    (home / "messages" / "clips" / "talk.vtt").write_bytes(VTT)
    change(
        home,
        "pictures:\n",
        "pictures:\n  - {id: talk, file: clips/talk.mp4, captions: clips/talk.vtt, people: none,\n"
        "     credit: The council, licence: our own, owner: The council, expires: never, alt: Two carers talk,\n"
        "     focal: [0.5, 0.25]}\n",
    )
    schedules = next(one for one in (home / "schedules").glob("*.yaml") if "accounts:\n" in one.read_text())
    schedules.write_text(schedules.read_text().replace("accounts:\n", f"accounts:\n{NETWORKS}", 1))
    return home


def written(*accounts: str, use: MediaUse = TALK, text: str = TEXT) -> Post:
    wording = Wording(text, media=(use,))
    return writing.write(
        campaign=BRIGHT, accounts=accounts or (PRACTICE,), wording=wording, at=SOON, actor=AUTHOR, now=NOW
    )


def submitted(*accounts: str, **given: str) -> Post:
    return review.submit(written(*accounts, **given).id, actor=AUTHOR, now=NOW)


def at_send(post: Post) -> set[str]:
    (one,) = posts.get(post.id).deliveries
    return {finding.rule for finding in stopping(check_at_send(one, SOON), Moment.SEND, "")}
