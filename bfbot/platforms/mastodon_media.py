"""What a post on Mastodon shows: sent up before it, with alt text and focal point, and waited for.

https://docs.joinmastodon.org/methods/media/#v2
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from bfbot.domain.proof import MIDDLE, MediaProof, ProofPart
from bfbot.errors import Rejected, Unavailable
from bfbot.platforms.base import Setup
from bfbot.platforms.outcomes import Exchange
from bfbot.platforms.pictures import pictures_of
from bfbot.platforms.upload import Upload

PROCESSING = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between looks at a picture or clip that the server is still working on."""
_clips_up: dict[tuple[object, ...], str] = {}
"""Ids of clips that are up and in no post yet: working on one may take a server longer than a claim lasts."""


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
            return [self._picture(media, content) for media, content in shown]
        if len(part.media) > 1:
            raise Rejected(
                "Mastodon takes one clip, and no picture beside it.",
                mend="Leave the others out.",
                where=self.setup.account,
            )
        return [self._clip(*next(shown))]

    def posted(self, part: ProofPart) -> None:
        """The server said yes or no to the post: what went up for it is used, or not wanted."""
        answer = self.exchange.wire.answer
        if answer is not None and answer.status_code < 500 and answer.status_code != 429:
            for one in part.media:
                _clips_up.pop(self._key(one), None)

    def _picture(self, media: MediaProof, content: bytes) -> str:
        with self.exchange.asking():
            uploaded = self.client.media_post(
                content, mime_type=media.mime, description=media.alt or None, focus=focus_of(media)
            )
            return self._ready(uploaded, media)

    def _clip(self, media: MediaProof, content: bytes) -> str:
        """Sent from memory as it lies there, and once: a later try asks after it."""
        with self.exchange.asking():
            known = _clips_up.get(self._key(media))
            uploaded = self._still_there(known) if known else None
            if uploaded is None:
                uploaded = self._send_up(media, content)
                _clips_up[self._key(media)] = str(uploaded["id"])
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

    def _key(self, media: MediaProof) -> tuple[object, ...]:
        return (self.setup.account, self.base_url, media.digest, media.alt, media.focal)


def focus_of(media: MediaProof) -> tuple[float, float] | None:
    """As Mastodon counts: from the middle, -1 to 1, upwards; None where nobody says what has to stay in sight."""
    if media.focal == MIDDLE:
        return None
    across, down = media.focal
    return round(2 * across - 1, 4), round(1 - 2 * down, 4)
