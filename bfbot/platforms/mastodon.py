"""Mastodon and the servers that speak its API: by way of Mastodon.py, but for the request that makes a post.

The library is loaded when a post goes out, not when one is written. It is told a server version because it
would otherwise ask for it before every first upload, and fall back to a retired endpoint if that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from bfbot.domain.declaring import Profile
from bfbot.domain.limits import ClipLimits, Idempotency, Limits
from bfbot.domain.proof import Proof
from bfbot.domain.snapshot import AccountSnapshot, PostFigures
from bfbot.errors import Unavailable
from bfbot.platforms.base import Draft, Receipt, Seen, Sending, Setup
from bfbot.platforms.facets import MENTION, link_spans
from bfbot.platforms.links import mastodon_id
from bfbot.platforms.mastodon_media import Attachments
from bfbot.platforms.outcomes import Exchange
from bfbot.platforms.readback import Listed, earliest, html_to_text, match, seen_since
from bfbot.platforms.rendering import proof_of
from bfbot.platforms.wire import Wire

# https://docs.joinmastodon.org/user/posting/ and the defaults of /api/v2/instance
LIMITS = Limits(
    text=500,
    media=4,
    alt=1500,
    media_bytes=16 * 1024 * 1024,
    media_types=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
    threads=True,
    idempotency=Idempotency.KEY,
    metrics=frozenset({"reactions", "comments", "shares"}),
    key_lasts_seconds=3600,
    # What every version takes; newer ones take more. A clip goes up without a file of captions: there is no field.
    clips=ClipLimits(frozenset({"video/mp4", "video/webm"}), 40 * 1024 * 1024, 600, captions=False),
)
LINK_LENGTH = 23
PAGES = 5
"""How many pages of 40 a read-back looks through."""


class Mastodon:
    """One account. Makes no contact until something is published, read or taken down."""

    name = "mastodon"
    label = "Mastodon"
    limits = LIMITS

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    def length(self, text: str) -> int:
        """Grapheme clusters; a link counts 23, a mention without its host."""
        import grapheme

        for start, end in reversed(list(link_spans(text))):
            text = text[:start] + "-" * LINK_LENGTH + text[end:]
        return int(grapheme.length(MENTION.sub(r"@\1", text)))

    def render(self, draft: Draft) -> Proof:
        return proof_of(draft, self.name, self.length)

    def publish(self, sending: Sending) -> Receipt:
        part = sending.proof.parts[sending.index]
        form: dict[str, object] = {
            "status": part.text,
            "visibility": "public",
            "language": sending.proof.language,
            "media_ids[]": self._attachments.attach(part) if part.media else [],
        }
        if sending.reply_to is not None:
            form["in_reply_to_id"] = sending.reply_to
        with self._exchange.posting(sending.still):
            try:
                status = self._post(form, sending.key)
            finally:
                if part.media:
                    self._attachments.posted(part)
            return Receipt(
                remote_id=str(status["id"]),
                url=str(status.get("url") or ""),
                published_at=_moment(status["created_at"]),
            )

    def _post(self, form: Mapping[str, object], key: str) -> Any:
        """The one request that makes a post, without the library, which spends as long again on types of its own.

        https://docs.joinmastodon.org/methods/statuses/#create
        """
        answer = self._wire.request(
            "POST",
            f"{self._base_url}/api/v1/statuses",
            data=form,
            headers={"Authorization": f"Bearer {self._setup.secrets.get('access_token')}", "Idempotency-Key": key},
        )
        if answer.status_code not in {200, 202}:
            raise ValueError(answer.status_code)  # what it means is told by the answer itself
        return answer.json()

    def find(self, sending: Sending) -> Receipt | None:
        """Looks through the account's own statuses since the first try."""
        return self.finder(sending.tried_since)(sending)

    def finder(self, since: datetime) -> Callable[[Sending], Receipt | None]:
        with self._exchange.asking():
            me = self._client.account_verify_credentials()
            behind = self._wire.clock_behind(self._setup.clock())
            listed = list(self._statuses(str(me["id"]), earliest(since, behind)))
        return lambda sending: match(sending, listed, behind)

    def recent(self, since: datetime) -> list[Seen]:
        with self._exchange.asking():
            me = self._client.account_verify_credentials()
            return seen_since(list(self._statuses(str(me["id"]), since)), since)

    def id_in(self, link: str) -> str | None:
        return mastodon_id(link, self._setup.base_url)

    def _statuses(self, account_id: str, since: datetime) -> Iterator[Listed]:
        last = None
        for _ in range(PAGES):
            page = self._client.account_statuses(account_id, exclude_reblogs=True, limit=40, max_id=last)
            if not page:
                return
            for one in page:
                yield _listed(one)
            if _moment(page[-1]["created_at"]) < since:
                return
            last = page[-1]["id"]
        raise Unavailable(
            "the account has posted too much since for the list to be read to its end.", where=self._setup.account
        )

    def measure(self, remote_ids: list[str]) -> Mapping[str, PostFigures]:
        """Favourites, boosts and replies. Mastodon counts no impressions: they stay unknown."""
        figures = {}
        for remote_id in remote_ids:
            with self._exchange.asking():
                status = self._unless_gone("status", remote_id)
                if status is not None:
                    figures[remote_id] = PostFigures(
                        reactions=int(status["favourites_count"]),
                        comments=int(status["replies_count"]),
                        shares=int(status["reblogs_count"]),
                    )
        return figures

    def measure_account(self, now: datetime) -> AccountSnapshot:
        with self._exchange.asking():
            me = self._client.account_verify_credentials()
            followers = int(me["followers_count"])
        return AccountSnapshot(account=self._setup.account, taken_at=now, followers=followers)

    def delete(self, remote_id: str) -> None:
        with self._exchange.asking():
            self._unless_gone("status_delete", remote_id)

    def who_am_i(self) -> str:
        with self._exchange.asking():
            return f"@{self._client.account_verify_credentials()['acct']}"

    def profile(self) -> Profile:
        with self._exchange.asking():
            told = self._client.account_verify_credentials()
            fields = [f"{one.get('name', '')} {one.get('value', '')}" for one in told.get("fields") or ()]
            return Profile(bool(told.get("bot")), "\n".join([str(told.get("note") or ""), *fields]))

    def _unless_gone(self, call: str, remote_id: str) -> Any:
        """The answer about one status; None when the server, in its own words, has none of this id."""
        from mastodon import MastodonNotFoundError

        try:
            return getattr(self._client, call)(remote_id)
        except MastodonNotFoundError as error:
            if error.args[-1] == "Endpoint not found.":  # the library's words for a 404 without any
                raise
            return None

    @cached_property
    def _wire(self) -> Wire:
        from bfbot.http import session

        return Wire(self._setup.session or session())

    @cached_property
    def _exchange(self) -> Exchange:
        return Exchange(self._wire, self._setup.account, self.label, self._setup.clock, self._setup.secrets)

    @cached_property
    def _attachments(self) -> Attachments:
        return Attachments(self._setup, self._exchange, self._client, self._base_url)

    @property
    def _base_url(self) -> str:
        if not self._setup.base_url:
            raise Unavailable(
                "a Mastodon account needs the address of its server.",
                mend="Add base_url: https://… in schedules/accounts.yaml.",
                where=self._setup.account,
            )
        return self._setup.base_url.rstrip("/")

    @cached_property
    def _client(self) -> Any:
        from mastodon import Mastodon as Library

        library: Any = Library
        return library(
            access_token=self._setup.secrets.get("access_token"),
            api_base_url=self._base_url,
            session=self._wire,
            user_agent=self._wire.user_agent,
            ratelimit_method="throw",
            request_timeout=30,
            mastodon_version="4.3.0",
            version_check_mode="created",
        )


def _listed(status: Any) -> Listed:
    reply_to = status.get("in_reply_to_id")
    return Listed(
        remote_id=str(status["id"]),
        url=str(status.get("url") or ""),
        published_at=_moment(status["created_at"]),
        text=html_to_text(str(status["content"])),
        reply_to=str(reply_to) if reply_to is not None else None,
        pictures=len(status.get("media_attachments") or ()),
    )


def _moment(told: Any) -> datetime:
    """The library gives a datetime or, where the server's is odd, a text."""
    moment = told if isinstance(told, datetime) else datetime.fromisoformat(str(told))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
