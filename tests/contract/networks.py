"""The three networks behind one face, so that the same promises can be asked of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bfbot import http
from bfbot.config import Config, read
from bfbot.domain.proof import MediaProof
from bfbot.domain.schedule import Account
from bfbot.platforms.base import Draft, Sending
from bfbot.platforms.registry import platform_for
from tests.simulators import mastodon as mastodon_simulator
from tests.simulators import x as x_simulator
from tests.simulators.mastodon import MastodonSimulator
from tests.simulators.server import Simulator
from tests.simulators.x import XSimulator

PICTURE = b"\x89PNG\r\n\x1a\n not much of a picture, but bytes are bytes"
DIGEST = hashlib.sha256(PICTURE).hexdigest()
MEDIA = MediaProof(
    digest=DIGEST, mime="image/png", alt="A bar chart of two bars", width=2, height=2, size=len(PICTURE)
)
TEXT = "Enquiries & more, in ten years. “Read” it: https://www.local.gov.uk/bright-futures #GettingTheBest"


CLIP = b"\0\0\0\x20ftypisom" + bytes(range(256)) * 700
CAPTIONS = b"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nGood morning.\n"
FILM = MediaProof(
    hashlib.sha256(CLIP).hexdigest(),
    "video/mp4",
    "A carer opens a door — and waits",
    640,
    360,
    len(CLIP),
    focal=(0.25, 0.1),
    milliseconds=2000,
    captions=hashlib.sha256(CAPTIONS).hexdigest(),
    spoken="Good morning.",
)


def blob(digest: str) -> bytes:
    return {DIGEST: PICTURE, FILM.digest: CLIP, FILM.captions: CAPTIONS}[digest]


def settings_for(address: str) -> Config:
    """Settings under which this loopback address may be reached."""
    return read({"BFBOT_PRIVATE_HOSTS": address})


def adapter(platform: str, base_url: str, secrets: Mapping[str, str], *, read_seconds: float = 60.0) -> Any:
    """An account's adapter that talks to a server on loopback."""
    session = http.session((60.0, read_seconds), settings_for(base_url.removeprefix("http://")))
    account = Account(id=f"desk-{platform}", platform=platform, campaigns=("bright-futures",), base_url=base_url)
    return platform_for(account, secrets=secrets, media=blob, session=session)


@dataclass
class Network:
    """`live` gives the texts that anyone can read there now; `simulator` is None for the practice channel."""

    name: str
    platform: Any
    live: Callable[[], list[str]]
    simulator: Any = None
    post_path: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)

    def sending(
        self, text: str = TEXT, *, key: str = "key-1", media: tuple[MediaProof, ...] = (), **given: Any
    ) -> Sending:
        """The first part of a post of one part, to be sent now unless `tried_since` says otherwise."""
        proof = self.platform.render(Draft(account="desk", texts=(text,), media=media))
        values: dict[str, Any] = {"index": 0, "reply_to": None, "tried_since": datetime.now(UTC), **given}
        return Sending(proof=proof, key=key, **values)


NAMES = ("rehearsal", "mastodon", "x")
SIMULATED = ("mastodon", "x")


@contextmanager
def opened(name: str, *, read_seconds: float = 60.0, **switches: Any) -> Iterator[Network]:
    """The network of this name, empty."""
    if name == "rehearsal":
        from bfbot.ledger.practice import practice_timeline

        account = Account(id="practice", platform=name, campaigns=("bright-futures",))
        yield Network(
            name,
            platform_for(account, media=blob),
            lambda: [one.text for one in reversed(practice_timeline("practice"))],
        )
        return
    kinds: dict[str, tuple[type[Simulator], str, Mapping[str, str]]] = {
        "mastodon": (MastodonSimulator, "/api/v1/statuses", {"access_token": mastodon_simulator.TOKEN}),
        "x": (XSimulator, "/2/tweets", x_simulator.KEYS),
    }
    kind, path, secrets = kinds[name]
    with kind(**switches) as simulator:
        platform = adapter(name, simulator.base_url, secrets, read_seconds=read_seconds)
        yield Network(name, platform, lambda: [one["wrote"] for one in simulator.live], simulator, path, secrets)
