"""The practice channel: a real adapter whose network is a table of the ledger. Nothing leaves this computer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from bfbot.domain.limits import ClipLimits, Idempotency, Limits
from bfbot.domain.proof import Proof
from bfbot.domain.snapshot import AccountSnapshot, PostFigures
from bfbot.errors import Rejected, Unavailable
from bfbot.platforms.base import Draft, Receipt, Seen, Sending, Setup
from bfbot.platforms.links import practice_id
from bfbot.platforms.pictures import approved_bytes, pictures_of
from bfbot.platforms.practice_figures import figures_at, followers_at
from bfbot.platforms.rendering import proof_of

if TYPE_CHECKING:
    from bfbot.ledger.models import PracticePost

LIMITS = Limits(
    text=500,
    media=4,
    alt=1500,
    media_bytes=16 * 1024 * 1024,
    media_types=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
    threads=True,
    idempotency=Idempotency.KEY,
    metrics=frozenset({"impressions", "reactions", "comments", "shares", "clicks"}),
    key_lasts_seconds=10 * 365 * 24 * 3600,
    practice=True,
    clips=ClipLimits(frozenset({"video/mp4", "video/webm"}), 40 * 1024 * 1024, 600, captions=True),
)

LISTED = 200
"""So many of the newest posts are shown to whoever looks for one."""


class Rehearsal:
    """An account on the practice channel. Its time is that of the sendings, and the setup's clock for figures."""

    name = "rehearsal"
    label = "Practice channel"
    limits = LIMITS

    def __init__(self, setup: Setup) -> None:
        self._account = setup.account
        self._media = setup.media
        self._clock = setup.clock

    def length(self, text: str) -> int:
        """Characters as a reader sees them (grapheme clusters)."""
        import grapheme

        return int(grapheme.length(text))

    def render(self, draft: Draft) -> Proof:
        return proof_of(draft, self.name, self.length)

    def publish(self, sending: Sending) -> Receipt:
        from bfbot.ledger import practice

        part = sending.proof.parts[sending.index]
        self._check(sending)
        for media, _ in pictures_of(part, self._media, self._account):
            if media.captions:  # read and compared, as a real network's adapter would
                approved_bytes(media.captions, "the file of captions", self._media, self._account)
        with self._network():
            post = practice.add_practice_post(
                account=self._account,
                key=sending.key,
                text=part.text,
                media=[one.as_json() for one in part.media],
                reply_to=sending.reply_to or "",
                at=sending.tried_since,
            )
        return _receipt(post)

    def _check(self, sending: Sending) -> None:
        """What a network would refuse, this one refuses too."""
        from bfbot.ledger import practice

        part = sending.proof.parts[sending.index]
        if self.length(part.text) > LIMITS.text:
            raise Rejected(
                f"the text has {self.length(part.text)} characters; the practice channel takes {LIMITS.text}.",
                mend="Shorten the text.",
                where=self._account,
            )
        if len(part.media) > LIMITS.media:
            raise Rejected(
                f"the practice channel takes {LIMITS.media} pictures.",
                mend="Leave some out.",
                where=self._account,
            )
        if len(part.media) > 1 and any(one.clip for one in part.media):
            raise Rejected(
                "the practice channel takes one clip, and no picture beside it.",
                mend="Leave the others out.",
                where=self._account,
            )
        if sending.reply_to is None:
            return
        with self._network():
            before = practice.practice_posts(self._account, _ids([sending.reply_to]))
        if not before:
            raise Rejected(
                "the post that this one continues is not there any more.",
                mend="Publish the thread again from its start.",
                where=self._account,
            )

    def find(self, sending: Sending) -> Receipt | None:
        from bfbot.ledger import practice

        with self._network():
            post = practice.practice_post_by_key(self._account, sending.key)
        return _receipt(post) if post is not None else None

    def recent(self, since: datetime) -> list[Seen]:
        from bfbot.ledger import practice

        with self._network():
            listed = practice.practice_timeline(self._account, LISTED)
        return [
            Seen(str(one.pk), f"/practice/{one.pk}", one.created_at, one.text)
            for one in listed
            if one.created_at >= since
        ]

    def id_in(self, link: str) -> str | None:
        return practice_id(link)

    def measure(self, remote_ids: list[str]) -> Mapping[str, PostFigures]:
        """Invented practice figures, by the posts' ids and ages."""
        from bfbot.ledger import practice

        now = self._clock()
        with self._network():
            posts = practice.practice_posts(self._account, _ids(remote_ids))
        return {str(one.pk): figures_at(str(one.pk), now - one.created_at) for one in posts}

    def measure_account(self, now: datetime) -> AccountSnapshot:
        """Invented followers."""
        return AccountSnapshot(
            account=self._account, taken_at=now, followers=followers_at(self._account, now), practice=True
        )

    def delete(self, remote_id: str) -> None:
        from bfbot.ledger import practice

        for post_id in _ids([remote_id]):
            with self._network():
                practice.delete_practice_post(self._account, post_id, self._clock())

    def who_am_i(self) -> str:
        return self.label

    @contextmanager
    def _network(self) -> Iterator[None]:
        """The ledger stands in for a network: when it cannot be reached, nothing was posted."""
        from django.db import DatabaseError

        try:
            yield
        except DatabaseError as error:
            raise Unavailable(
                f"the practice channel cannot be reached: {error}", mend="Run bfbot doctor.", where=self._account
            ) from error


def _ids(remote_ids: list[str]) -> list[int]:
    return [int(one) for one in remote_ids if one.isdecimal() and len(one) < 19]


def _receipt(post: PracticePost) -> Receipt:
    return Receipt(remote_id=str(post.pk), url=f"/practice/{post.pk}", published_at=post.created_at)
