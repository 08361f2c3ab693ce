"""What a post on Mastodon shows: sent up before it, with alt text and focal point, and waited for.

https://docs.joinmastodon.org/methods/media/#v2
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bfbot.domain.proof import MIDDLE, MediaProof, ProofPart
from bfbot.errors import Rejected, Unavailable
from bfbot.platforms.base import Setup
from bfbot.platforms.outcomes import Exchange, never_sent
from bfbot.platforms.pictures import pictures_of
from bfbot.platforms.upload import Upload

PROCESSING = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between looks at a picture or clip that the server is still working on."""
_up: dict[tuple[object, ...], str] = {}
"""Ids of what is up and in no post yet: sending it, and the server's work on it, may last longer than a claim."""


@dataclass(frozen=True)
class Attachments:
    """Of one account. `client` is Mastodon.py's."""

    setup: Setup
    exchange: Exchange
    client: Any
    base_url: str

    def attach(self, part: ProofPart) -> list[str]:
        """The ids of all that the part shows, ready to be posted. Raises a PlatformError."""
        shown = pictures_of(part, self.setup.media, self.setup.account)
        if not any(one.clip for one in part.media):
            return [self._picture(media, content, place) for place, (media, content) in enumerate(shown)]
        if len(part.media) > 1:
            raise Rejected(
                "Mastodon takes one clip, and no picture beside it.",
                mend="Leave the others out.",
                where=self.setup.account,
            )
        return [self._clip(*next(shown))]

    def posted(self, part: ProofPart) -> None:
        """The request was made. What may be in a post now is used for no other; after a 429 it is in none."""
        answer, failure = self.exchange.wire.answer, self.exchange.wire.failure
        lost = failure is not None and not never_sent(failure)
        if lost or (answer is not None and answer.status_code != 429):
            for place, one in enumerate(part.media):
                _up.pop(self._key(one, place), None)

    def _picture(self, media: MediaProof, content: bytes, place: int) -> str:
        def send_up() -> Any:
            return self.client.media_post(
                content, mime_type=media.mime, description=media.alt or None, focus=focus_of(media)
            )

        return self._once(media, place, send_up)

    def _clip(self, media: MediaProof, content: bytes) -> str:
        """Sent from memory as it lies there."""
        return self._once(media, 0, lambda: self._send_up(media, content))

    def _once(self, media: MediaProof, place: int, send_up: Callable[[], Any]) -> str:
        """Up once, however often the post is tried: a later try asks after it."""
        with self.exchange.asking():
            known = _up.get(self._key(media, place))
            uploaded = self._still_there(known) if known else None
            if uploaded is None:
                uploaded = send_up()
                _up[self._key(media, place)] = str(uploaded["id"])
            return self._ready(uploaded, media)

    def _send_up(self, media: MediaProof, content: bytes) -> Any:
        focus = focus_of(media)
        fields = {"description": media.alt, "focus": f"{focus[0]},{focus[1]}" if focus else ""}
        body = Upload({name: said for name, said in fields.items() if said}, content, media.mime)
        key = f"Bearer {self.setup.secrets.get('access_token')}"
        answer = self.exchange.wire.request(
            "POST",
            f"{self.base_url}/api/v2/media",
            data=body,
            headers={"Authorization": key, "Content-Type": body.content_type},
        )
        if answer.status_code not in {200, 202}:
            raise ValueError(answer.status_code)  # what it means is told by the answer itself
        return answer.json()

    def _still_there(self, media_id: str) -> Any:
        from mastodon import MastodonNotFoundError

        try:
            return self.client.media(media_id)
        except MastodonNotFoundError:
            return None

    def _ready(self, uploaded: Any, media: MediaProof) -> str:
        """Its id, once the server has worked on it. Raises Unavailable where that takes too long."""
        for seconds in (*PROCESSING, None):
            if uploaded.get("url"):
                return str(uploaded["id"])
            if seconds is not None:
                time.sleep(seconds)
                uploaded = self.client.media(uploaded["id"])
        raise Unavailable(
            f"the server is still working on the {media.word}.",
            mend="bfbot tries again by itself.",
            where=self.setup.account,
        )

    def _key(self, media: MediaProof, place: int) -> tuple[object, ...]:
        return (self.setup.account, self.base_url, media.digest, media.alt, media.focal, place)


def focus_of(media: MediaProof) -> tuple[float, float] | None:
    """As Mastodon counts: from the middle, -1 to 1, upwards; None where nobody says what has to stay in sight."""
    if media.focal == MIDDLE:
        return None
    across, down = media.focal
    return round(2 * across - 1, 4), round(1 - 2 * down, 4)
