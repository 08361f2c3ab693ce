"""X, by way of tweepy with the account's own four OAuth 1.0a keys.

tweepy is loaded when a post goes out, not when one is written. Its own errors are not what decides: see
outcomes.py. X has no idempotency key, so a lost answer is settled by reading the account's posts back.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from bfbot.domain.limits import Idempotency, Limits
from bfbot.domain.proof import MediaProof, Proof
from bfbot.domain.snapshot import AccountSnapshot, PostFigures
from bfbot.errors import Duplicate, PlatformError, Rejected, Unavailable
from bfbot.platforms.base import Draft, Receipt, Seen, Sending, Setup
from bfbot.platforms.links import x_id
from bfbot.platforms.outcomes import Exchange
from bfbot.platforms.pictures import pictures_of
from bfbot.platforms.readback import Listed, earliest, match, seen_since
from bfbot.platforms.rendering import proof_of
from bfbot.platforms.weighted import weighted_length
from bfbot.platforms.wire import Wire
from bfbot.platforms.x_posts import figures_of, listed_post, post_url

# https://docs.x.com/x-api/posts/creation-of-a-post and /x-api/media/introduction
LIMITS = Limits(
    text=280,
    media=4,
    alt=1000,
    media_bytes=5 * 1024 * 1024,
    media_types=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
    threads=True,
    idempotency=Idempotency.NONE,
    metrics=frozenset({"impressions", "reactions", "comments", "shares", "saves"}),
)
SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
HOST = "https://api.x.com"
BUILT_IN = "https://api.twitter.com"
"""The host that tweepy writes into every request."""
FOUND_BY = "attachments,conversation_id,created_at,entities"
PAGES = 5
"""How many pages of 100 a read-back looks through."""
NEW_NAMES, OLD_NAMES = ("post.fields", "referenced_posts"), ("tweet.fields", "referenced_tweets.id")
"""X renamed tweets to posts in 2026, parameters included."""
CLOCKS_DIFFER = timedelta(minutes=10)
AT_ONCE = 100
"""How many posts X measures in one call."""
UPLOAD_LASTS = 3600.0
"""Seconds; X itself keeps what was sent up for a day."""
_uploaded: dict[tuple[object, ...], tuple[str, float]] = {}
"""Pictures that are up and in no post yet, and since when: sending several may last longer than a claim."""


class X:
    """One account. Makes no contact until something is published, read or taken down."""

    name = "x"
    label = "X"
    limits = LIMITS

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._names = NEW_NAMES

    def length(self, text: str) -> int:
        return weighted_length(text)

    def render(self, draft: Draft) -> Proof:
        return proof_of(draft, self.name, self.length)

    def publish(self, sending: Sending) -> Receipt:
        part = sending.proof.parts[sending.index]
        shown = pictures_of(part, self._setup.media, self._setup.account)
        media_ids = [self._up(media, content, place) for place, (media, content) in enumerate(shown)]
        with self._exchange.posting(sending.still):
            for place, media in enumerate(part.media):
                _uploaded.pop(self._key(media, place), None)
            created = self._client.create_tweet(
                text=part.text, media_ids=media_ids or None, in_reply_to_tweet_id=sending.reply_to
            )
            post_id = str(created["data"]["id"])
        return Receipt(remote_id=post_id, url=post_url(post_id))

    def _up(self, media: MediaProof, content: bytes, place: int) -> str:
        """Its id; sent up once, however often the request behind it is put off."""
        now, key = time.monotonic(), self._key(media, place)
        known, since = _uploaded.get(key, ("", 0.0))
        if not known or now - since > UPLOAD_LASTS:
            known = self._upload(media, content)
            _uploaded[key] = known, now
        return known

    def _key(self, media: MediaProof, place: int) -> tuple[object, ...]:
        return (self._setup.account, self._setup.base_url, media.digest, media.alt, place)

    def _upload(self, media: MediaProof, content: bytes) -> str:
        """tweepy knows only the retired upload; its `request` reaches the present one."""
        category = "tweet_gif" if media.mime == "image/gif" else "tweet_image"
        with self._exchange.asking():
            uploaded = self._ask(
                "POST",
                "/2/media/upload",
                json={"media": base64.b64encode(content).decode(), "media_category": category},
            )
            media_id = str(uploaded["data"]["id"])
            if media.alt:
                metadata = {"id": media_id, "metadata": {"alt_text": {"text": media.alt}}}
                self._ask("POST", "/2/media/metadata", json=metadata)
        return media_id

    def find(self, sending: Sending) -> Receipt | None:
        """Looks through the account's own posts since the first try."""
        return self.finder(sending.tried_since)(sending)

    def finder(self, since: datetime) -> Callable[[Sending], Receipt | None]:
        with self._exchange.asking():
            listed = list(self._posts(self._user_id, earliest(since, CLOCKS_DIFFER)))
            behind = self._wire.clock_behind(self._setup.clock())
        return lambda sending: match(sending, listed, behind)

    def recent(self, since: datetime) -> list[Seen]:
        with self._exchange.asking():
            return seen_since(list(self._posts(self._user_id, since)), since)

    def id_in(self, link: str) -> str | None:
        return x_id(link)

    def _posts(self, user_id: str, since: datetime) -> Iterator[Listed]:
        """Every own post since then. A read-back asks from before the first try: `match` looks at the clocks."""
        params: dict[str, Any] = {"max_results": 100, "start_time": _second(since)}
        for _ in range(PAGES):
            page = self._read(f"/2/users/{user_id}/tweets", params, FOUND_BY, replies=True)
            for one in page.get("data") or ():
                yield listed_post(one)
            token = (page.get("meta") or {}).get("next_token")
            if not token:
                return
            params["pagination_token"] = token
        raise Unavailable(
            "the account has posted too much since for the list to be read to its end.", where=self._setup.account
        )

    def measure(self, remote_ids: list[str]) -> Mapping[str, PostFigures]:
        figures = {}
        for first in range(0, len(remote_ids), AT_ONCE):
            with self._exchange.asking():
                ids = ",".join(remote_ids[first : first + AT_ONCE])
                answer = self._read("/2/tweets", {"ids": ids}, "public_metrics")
                for one in answer.get("data") or ():
                    figures[str(one["id"])] = figures_of(one.get("public_metrics") or {})
        return figures

    def measure_account(self, now: datetime) -> AccountSnapshot:
        with self._exchange.asking():
            me = self._ask("GET", "/2/users/me", params={"user.fields": "public_metrics"})
            followers = (me["data"].get("public_metrics") or {}).get("followers_count")
        return AccountSnapshot(account=self._setup.account, taken_at=now, followers=followers)

    def delete(self, remote_id: str) -> None:
        with self._exchange.asking():
            try:
                self._client.delete_tweet(remote_id)
            except Exception:
                answer = self._wire.answer
                if answer is None or answer.status_code not in {404, 410} or not _is_problem(answer):
                    raise

    def who_am_i(self) -> str:
        with self._exchange.asking():
            return f"@{self._ask('GET', '/2/users/me')['data']['username']}"

    @property
    def _user_id(self) -> str:
        """The first half of a user's access token is the user's id; X is asked only where it is not."""
        given = self._setup.secrets.get("access_token", "").partition("-")[0]
        return given if given.isdecimal() else self._asked_user_id

    @cached_property
    def _asked_user_id(self) -> str:
        return str(self._ask("GET", "/2/users/me")["data"]["id"])

    def _read(self, route: str, params: dict[str, Any], fields: str, *, replies: bool = False) -> dict[str, Any]:
        """Ask with the field names of today's specification, and once more with the older ones if refused."""
        names, references = self._names
        asked = {**params, names: fields, **({"expansions": references} if replies else {})}
        try:
            return self._ask("GET", route, params=asked)
        except Exception:
            refused = self._wire.answer is not None and self._wire.answer.status_code == 400
            if not refused or self._names == OLD_NAMES:
                raise
        self._names = OLD_NAMES
        return self._read(route, params, fields, replies=replies)

    def _ask(self, method: str, route: str, **given: Any) -> dict[str, Any]:
        answer = self._client.request(method, route, user_auth=True, **given).json()
        if not isinstance(answer, dict):
            raise TypeError("not an object")  # judged by outcomes.py as an answer that does not tell
        return answer

    @cached_property
    def _wire(self) -> Wire:
        from bfbot.http import session

        return Wire(self._setup.session or session(), BUILT_IN, self._setup.base_url or HOST)

    @cached_property
    def _exchange(self) -> Exchange:
        return Exchange(
            self._wire, self._setup.account, self.label, self._setup.clock, self._setup.secrets, judge=_known
        )

    @cached_property
    def _client(self) -> Any:
        import logging

        import tweepy

        # At their debug level they log the Authorization header, whole pictures and whatever X answers.
        for chatty in ("oauthlib", "requests_oauthlib", "tweepy"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        keys = {name: self._setup.secrets.get(name, "") for name in SECRETS}
        client = tweepy.Client(return_type=dict, wait_on_rate_limit=False, **keys)
        client.session = self._wire
        client.user_agent = self._wire.user_agent
        return client


def _known(status: int, said: str) -> PlatformError | None:
    """The refusals with 403 that are about the post, not about the keys."""
    text = said.casefold()
    if status == 403 and "duplicate" in text:
        return Duplicate("X says that it has this text already.", mend="bfbot looks for the post on the account.")
    if status == 403 and "too long" in text:
        return Rejected("the text is too long for X.", mend="Shorten the text.")
    if status == 403 and ("reply" in text or "conversation" in text):
        return Rejected(f"X does not let this account reply here: {said}", mend="Post it by itself.")
    return None


def _is_problem(answer: Any) -> bool:
    """Whether X itself answered, rather than a page of something in between."""
    try:
        return isinstance(answer.json(), dict)
    except ValueError:
        return False


def _second(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
