"""A small strict Mastodon: one account, idempotency keys that can be switched off, lists that can come late."""

from __future__ import annotations

import email
import html
import re
from datetime import datetime, timedelta
from email import policy
from typing import Any
from urllib.parse import parse_qs

from tests.simulators.server import Asked, Simulator, Told

TOKEN = "canary-mastodon-token"
ACCOUNT_ID = "109"
_LINK = re.compile(r"https?://[^\s<]+[\w/]")


class MastodonSimulator(Simulator):
    """`honours_keys` False is one of the servers that ignore Idempotency-Key. `slow_media`: looks until ready.

    `keys_last`: how long a key is remembered, by the network's own clock.
    """

    def __init__(
        self,
        *,
        honours_keys: bool = True,
        hidden_reads: int = 0,
        slow_media: int = 0,
        keys_last: timedelta = timedelta(hours=1),
        skew: timedelta = timedelta(),
    ) -> None:
        super().__init__(skew)
        self.honours_keys = honours_keys
        self.hidden_reads = hidden_reads
        self.slow_media = slow_media
        self.keys_last = keys_last
        self.media: dict[str, dict[str, Any]] = {}
        self.says: dict[str, Any] = {}  # more of the account: bot, note, fields
        self.metrics: dict[str, dict[str, int]] = {}
        self._next_id = 115000000000000000

    @property
    def live(self) -> list[dict[str, Any]]:
        return [one for one in self.ledger if not one["deleted"]]

    def publish_by_hand(self, text: str, created_at: datetime) -> str:
        """A status that somebody made elsewhere."""
        return str(self._add(text, [], None, "", created_at)["id"])

    def answer(self, asked: Asked) -> Told:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Told(401, {"error": "The access token is invalid"})
        match (asked.method, asked.path.strip("/").split("/")):
            case ("POST", ["api", "v1", "statuses"]):
                return self._create(asked)
            case ("GET", ["api", "v1", "statuses", status_id]):
                return self._one(status_id)
            case ("DELETE", ["api", "v1", "statuses", status_id]):
                return self._delete(status_id)
            case ("POST", ["api", "v2", "media"]):
                return self._upload(asked)
            case ("GET", ["api", "v1", "media", media_id]):
                return self._media(media_id)
            case ("GET", ["api", "v1", "accounts", "verify_credentials"]):
                mine = {"id": ACCOUNT_ID, "username": "desk", "acct": "desk", "followers_count": 987}
                return Told(200, {**mine, **self.says})
            case ("GET", ["api", "v1", "accounts", _, "statuses"]):
                return self._list(asked)
        return Told(404, {"error": "Record not found"})

    def _create(self, asked: Asked) -> Told:
        form = parse_qs(asked.body.decode(), strict_parsing=True)
        known = {"status", "in_reply_to_id", "media_ids[]", "visibility", "language", "sensitive"}
        if set(form) - known:
            return Told(422, {"error": f"unknown: {sorted(set(form) - known)}"})
        key = asked.headers.get("idempotency-key", "")
        for status in self.live if self.honours_keys and key else ():
            if status["key"] == key and self.now() - status["created_at"] < self.keys_last:
                return Told(200, self._shown(status))
        text, media_ids = form.get("status", [""])[0], form.get("media_ids[]", [])
        parent = form.get("in_reply_to_id", [None])[0]
        filmed = [one for one in media_ids if self.media[one]["mime"].startswith("video/")]
        if filmed and len(media_ids) > 1:
            return Told(422, {"error": "Cannot attach a video to a post that already contains images"})
        if len(text) > 500 or not (text or media_ids) or any(not self.media[one]["ready"] for one in media_ids):
            return Told(422, {"error": "Validation failed: Text is wrong"})
        if parent is not None and parent not in {one["id"] for one in self.live}:
            return Told(404, {"error": "Record not found"})
        return Told(200, self._shown(self._add(text, media_ids, parent, key, self.now())))

    def _add(self, wrote: str, media_ids: list[str], parent: str | None, key: str, at: datetime) -> dict[str, Any]:
        self._next_id += 1
        status = {
            "id": str(self._next_id),
            "wrote": wrote,
            "media": [self.media[one] for one in media_ids],
            "reply_to": parent,
            "key": key,
            "created_at": at,
            "deleted": False,
        }
        self.ledger.append(status)
        return status

    def _shown(self, status: dict[str, Any]) -> dict[str, Any]:
        counts = {"favourites": 0, "reblogs": 0, "replies": 0} | self.metrics.get(status["id"], {})
        return {
            "id": status["id"],
            "created_at": status["created_at"].isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "url": f"{self.base_url}/@desk/{status['id']}",
            "content": as_html(status["wrote"]),
            "in_reply_to_id": status["reply_to"],
            "media_attachments": [{"id": one["id"], "description": one["alt"]} for one in status["media"]],
            **{f"{name}_count": count for name, count in counts.items()},
        }

    def _one(self, status_id: str) -> Told:
        found = [one for one in self.live if one["id"] == status_id]
        return Told(200, self._shown(found[0])) if found else Told(404, {"error": "Record not found"})

    def _delete(self, status_id: str) -> Told:
        told = self._one(status_id)
        for status in self.live:
            if status["id"] == status_id:
                status["deleted"] = True
        return told

    def _list(self, asked: Asked) -> Told:
        if self.hidden_reads:
            self.hidden_reads -= 1
            return Told(200, [])
        below = int(asked.query.get("max_id", "9" * 18))
        newest_first = sorted(self.live, key=lambda one: one["created_at"], reverse=True)
        shown = [self._shown(one) for one in newest_first if int(one["id"]) < below]
        return Told(200, shown[: int(asked.query["limit"])])

    def _upload(self, asked: Asked) -> Told:
        head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
        message = email.message_from_bytes(head + asked.body, policy=policy.HTTP)
        parts: dict[Any, Any] = {
            part.get_param("name", header="content-disposition"): part for part in message.iter_parts()
        }
        if set(parts) - {"file", "description", "focus"}:
            return Told(422, {"error": "unknown field"})
        said = {name: part.get_payload(decode=True).decode() for name, part in parts.items() if name != "file"}
        focus = [float(one) for one in said["focus"].split(",")] if "focus" in said else [0.0, 0.0]
        if len(focus) != 2 or any(abs(one) > 1 for one in focus):
            return Told(422, {"error": "Validation failed: Focus is invalid"})
        self._next_id += 1
        media: dict[str, Any] = {
            "id": str(self._next_id),
            "content": parts["file"].get_payload(decode=True),
            "mime": parts["file"].get_content_type(),
            "alt": said.get("description", ""),
            "focus": tuple(focus),
            "ready": not self.slow_media,
        }
        self.media[media["id"]] = media
        return Told(200 if media["ready"] else 202, self._attachment(media))

    def _media(self, media_id: str) -> Told:
        if media_id not in self.media:
            return Told(404, {"error": "Record not found"})
        media = self.media[media_id]
        self.slow_media = max(0, self.slow_media - 1)
        media["ready"] = self.slow_media == 0
        return Told(200 if media["ready"] else 206, self._attachment(media))

    def _attachment(self, media: dict[str, Any]) -> dict[str, Any]:
        url = f"{self.base_url}/media/{media['id']}.png" if media["ready"] else None
        kind = "video" if media["mime"].startswith("video/") else "image"
        focus = dict(zip("xy", media["focus"], strict=True))
        return {"id": media["id"], "type": kind, "url": url, "description": media["alt"], "meta": {"focus": focus}}


def as_html(text: str) -> str:
    """As Mastodon shows a text: paragraphs, links in three pieces, tags and mentions as links."""
    text = html.escape(text, quote=False)
    text = _LINK.sub(_link, text)
    text = re.sub(r"(?<![\w/&])#(\w+)", r'<a class="mention hashtag" rel="tag">#<span>\1</span></a>', text)
    text = re.sub(r"(?<![\w/])@(\w+)@[\w.-]+\w", r'<span class="h-card"><a>@<span>\1</span></a></span>', text)
    return "".join(f"<p>{one.replace(chr(10), '<br />')}</p>" for one in text.split("\n\n"))


def _link(match: re.Match[str]) -> str:
    scheme, _, rest = match.group().partition("://")
    hidden = f'<span class="invisible">{scheme}://</span><span class="ellipsis">{rest[:30]}</span>'
    return f'<a href="{match.group()}">{hidden}<span class="invisible">{rest[30:]}</span></a>'
