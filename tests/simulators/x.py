"""X as its specification of August 2026 draws it: signed requests, known keys alone, t.co links, no repeats."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from oauthlib.oauth1.rfc5849 import signature  # type: ignore[import-untyped]  # it ships no types

from tests.simulators.server import Asked, Simulator, Told

USER_ID = "2244994945"
KEYS = {
    "consumer_key": "canary-consumer-key",
    "consumer_secret": "canary-consumer-secret",
    "access_token": f"{USER_ID}-canary-access-token",
    "access_token_secret": "canary-access-secret",
}
DUPLICATE = {
    "detail": "You are not allowed to create a Tweet with duplicate content.",
    "type": "about:blank",
    "title": "Forbidden",
    "status": 403,
}
_LINK = re.compile(r"https?://[^\s]+[\w/]")


class XSimulator(Simulator):
    """One account. `old_names`: speaks of tweets, as before the rename. `hidden_reads`: lists that come late."""

    def __init__(
        self,
        *,
        old_names: bool = False,
        refuses_duplicates: bool = True,
        hidden_reads: int = 0,
        names_parents: bool = True,
        skew: timedelta = timedelta(),
    ) -> None:
        super().__init__(skew)
        self.old_names = old_names
        self.refuses_duplicates = refuses_duplicates
        self.hidden_reads = hidden_reads
        self.names_parents = names_parents
        self.media: dict[str, dict[str, Any]] = {}
        self.metrics: dict[str, dict[str, int]] = {}
        self.answers: list[tuple[str, Asked, Told]] = []
        self._next_id = 1900000000000000000

    @property
    def live(self) -> list[dict[str, Any]]:
        return [one for one in self.ledger if not one["deleted"]]

    def publish_by_hand(self, text: str, created_at: datetime) -> str:
        """A post that somebody made elsewhere."""
        return str(self._add(text, [], None, created_at)["id"])

    def answer(self, asked: Asked) -> Told:
        operation, told = self._answer(asked)
        self.answers.append((operation, asked, told))
        return told

    def _answer(self, asked: Asked) -> tuple[str, Told]:
        if not _signed(asked):
            return "", Told(
                401, {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
            )
        match (asked.method, asked.path.strip("/").split("/")):
            case ("POST", ["2", "tweets"]):
                return "post /2/tweets", self._create(asked.json())
            case ("DELETE", ["2", "tweets", post_id]):
                return "delete /2/tweets/{id}", self._delete(post_id)
            case ("GET", ["2", "tweets"]):
                return "get /2/tweets", self._by_ids(asked)
            case ("GET", ["2", "users", "me"]):
                return "get /2/users/me", Told(200, {"data": self._me()})
            case ("GET", ["2", "users", user_id, "tweets"]):
                return "get /2/users/{id}/tweets", self._timeline(user_id, asked)
            case ("POST", ["2", "media", "upload"]):
                return "post /2/media/upload", self._upload(asked.json())
            case ("POST", ["2", "media", "metadata"]):
                return "post /2/media/metadata", self._describe(asked.json())
        return "", Told(404, {"title": "Not Found", "type": "about:blank", "status": 404, "detail": "Not Found"})

    def _create(self, body: Any) -> Told:
        unknown = _unknown(
            body, {"text": None, "media": {"media_ids": None}, "reply": {"in_reply_to_tweet_id": None}}
        )
        if unknown:
            return _invalid(unknown, "is not a field of this request")
        media_ids = (body.get("media") or {}).get("media_ids") or []
        parent = (body.get("reply") or {}).get("in_reply_to_tweet_id")
        if any(one not in self.media for one in media_ids) or len(media_ids) > 4:
            return _invalid("media.media_ids", "Your media IDs are invalid.")
        if parent is not None and parent not in {one["id"] for one in self.live}:
            return _invalid("reply", "The parent is not there.")
        if not body.get("text") and not media_ids:
            return _invalid("text", "is empty")
        if self.refuses_duplicates and body["text"] in {one["wrote"] for one in self.live}:
            return Told(403, DUPLICATE)
        post = self._add(body["text"], media_ids, parent, self.now())
        return Told(201, {"data": {"id": post["id"], "text": post["text"]}})

    def _add(self, wrote: str, media_ids: list[str], parent: str | None, at: datetime) -> dict[str, Any]:
        self._next_id += 1
        post_id = str(self._next_id)
        text, urls = html.escape(wrote, quote=False), []
        for number, link in enumerate(_LINK.findall(text)):
            short = f"https://t.co/{self._next_id % 1000}x{number}"
            text = text.replace(link, short, 1)
            urls.append(
                {"start": 0, "end": 23, "url": short, "expanded_url": html.unescape(link), "display_url": "…"}
            )
        if media_ids:
            short = f"https://t.co/{self._next_id % 1000}pic"
            text += f" {short}"
            picture = {
                "expanded_url": f"https://x.com/desk/status/{post_id}/photo/1",
                "display_url": "pic.x.com/abc",
            }
            urls.append({"start": 0, "end": 23, "url": short, "media_key": "3_1", **picture})
        post = {
            "id": post_id,
            "wrote": wrote,
            "text": text,
            "urls": urls,
            "media": [self.media[one] for one in media_ids],
            "reply_to": parent,
            "created_at": at,
            "deleted": False,
        }
        self.ledger.append(post)
        return post

    def _delete(self, post_id: str) -> Told:
        for post in self.live:
            if post["id"] == post_id:
                post["deleted"] = True
                return Told(200, {"data": {"deleted": True}})
        return Told(404, {"title": "Not Found", "type": "about:blank", "status": 404, "detail": "No such post."})

    def _by_ids(self, asked: Asked) -> Told:
        wrong = self._wrong_query(asked.query, {"ids"})
        if wrong:
            return wrong
        ids = asked.query["ids"].split(",")
        found = [self._shown(one) for one in self.live if one["id"] in ids]
        gone = [
            {
                "type": "https://api.x.com/2/problems/resource-not-found",
                "title": "Not Found Error",
                "detail": f"Could not find post with ids: [{one}].",
                "resource_type": "tweet",
                "parameter": "ids",
                "value": one,
                "resource_id": one,
            }
            for one in ids
            if one not in {post["id"] for post in found}
        ]
        return Told(200, {**({"data": found} if found else {}), **({"errors": gone} if gone else {})})

    def _timeline(self, user_id: str, asked: Asked) -> Told:
        wrong = self._wrong_query(asked.query, {"start_time", "max_results", "pagination_token", "expansions"})
        if wrong:
            return wrong
        since = datetime.fromisoformat(asked.query["start_time"])
        shown = [one for one in reversed(self.live) if one["created_at"] >= since and user_id == USER_ID]
        if self.hidden_reads:
            self.hidden_reads -= 1
            shown = []
        body: dict[str, Any] = {"meta": {"result_count": len(shown)}}
        if shown:
            named = asked.query.get("expansions") == (
                "referenced_tweets.id" if self.old_names else "referenced_posts"
            )
            body["data"] = [self._shown(one, references=named and self.names_parents) for one in shown]
        return Told(200, body)

    def _wrong_query(self, query: Mapping[str, str], known: set[str]) -> Told | None:
        fields = "tweet.fields" if self.old_names else "post.fields"
        for name in query:
            if name not in known | {fields}:
                return _invalid(name, f"The query parameter [{name}] is not one of those known.")
        return None

    def _shown(self, post: dict[str, Any], *, references: bool = False) -> dict[str, Any]:
        counts = {"like": 0, "reply": 0, "quote": 0, "bookmark": 0, "impression": 0, "repost": 0}
        counts.update(self.metrics.get(post["id"], {}))
        metrics = {f"{name}_count": count for name, count in counts.items()}
        shown = {
            "id": post["id"],
            "text": post["text"],
            "conversation_id": post["reply_to"] or post["id"],
            "created_at": post["created_at"].strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "entities": {"urls": post["urls"]},
            "public_metrics": metrics,
        }
        if post["media"]:
            shown["attachments"] = {"media_keys": [f"3_{one['id']}" for one in post["media"]]}
        if post["reply_to"] and references:
            shown["referenced_posts"] = [{"type": "replied_to", "id": post["reply_to"]}]
        if self.old_names:
            metrics["retweet_count"] = metrics.pop("repost_count")
            if "referenced_posts" in shown:
                shown["referenced_tweets"] = shown.pop("referenced_posts")
        return shown

    def _me(self) -> dict[str, Any]:
        counts = {"followers_count": 4321, "following_count": 7, "post_count": len(self.live), "listed_count": 2}
        return {"id": USER_ID, "name": "Demo desk", "username": "demodesk", "public_metrics": counts}

    def _upload(self, body: Any) -> Told:
        unknown = _unknown(body, {"media": None, "media_category": None})
        if unknown or set(body) != {"media", "media_category"}:
            return _invalid(unknown or "media", "is wrong")
        self._next_id += 1
        media_id = str(self._next_id)
        content = base64.b64decode(body["media"], validate=True)
        self.media[media_id] = {"id": media_id, "content": content, "alt": "", "category": body["media_category"]}
        return Told(200, {"data": {"id": media_id, "media_key": f"3_{media_id}", "size": len(content)}})

    def _describe(self, body: Any) -> Told:
        if _unknown(body, {"id": None, "metadata": {"alt_text": {"text": None}}}) or body["id"] not in self.media:
            return _invalid("id", "is wrong")
        self.media[body["id"]]["alt"] = body["metadata"]["alt_text"]["text"]
        return Told(200, {"data": {"id": body["id"], "associated_metadata": body["metadata"]}})


def _signed(asked: Asked) -> bool:
    """Whether the OAuth 1.0a signature is right for this very address."""
    header = asked.headers.get("authorization", "")
    if not header.startswith("OAuth "):
        return False
    given = dict(re.findall(r'(\w+)="([^"]*)"', header))
    given = {name: unquote(value) for name, value in given.items()}
    if (given.get("oauth_consumer_key"), given.get("oauth_token")) != (KEYS["consumer_key"], KEYS["access_token"]):
        return False
    named = [(name, value) for name, value in given.items() if name != "oauth_signature"]
    request = SimpleNamespace(
        http_method=asked.method,
        uri=asked.url,
        params=[*asked.query.items(), *named],
        signature=given["oauth_signature"],
    )
    return bool(signature.verify_hmac_sha1(request, KEYS["consumer_secret"], KEYS["access_token_secret"]))


def _unknown(body: Any, shape: Mapping[str, Any]) -> str:
    """The first key of the body that the shape does not have."""
    for name, value in body.items():
        if name not in shape:
            return str(name)
        if shape[name] is not None and (inner := _unknown(value, shape[name])):
            return f"{name}.{inner}"
    return ""


def _invalid(parameter: str, detail: str) -> Told:
    kind = "https://api.x.com/2/problems/invalid-request"
    problem = {"title": "Invalid Request", "detail": detail, "type": kind, "parameter": parameter, "status": 400}
    return Told(400, problem)
