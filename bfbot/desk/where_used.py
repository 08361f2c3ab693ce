"""Where a picture or a consent is used: evergreen posts, posts that wait, and what is live with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from bfbot.config import config
from bfbot.domain.localtime import local
from bfbot.domain.message import MediaUse
from bfbot.domain.picture import ENDING, Consent, Picture, by_file
from bfbot.domain.post import Delivery, Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_POST, DeliveryState, PostState
from bfbot.errors import BfbotError, UsageError
from bfbot.ledger import posts, revisions
from bfbot.ledger.every_post import every_post
from bfbot.library import current_revision

_OUT = frozenset({DeliveryState.PUBLISHED, DeliveryState.SENDING})


@dataclass(frozen=True)
class Used:
    """By evergreen posts (their ids), by posts that may still go out, and by what is live or may be."""

    messages: tuple[str, ...]
    waiting: tuple[Post, ...]
    live: tuple[tuple[Post, Delivery], ...]


def picture_named(picture_id: str, revision: Revision) -> Picture:
    """Raises UsageError where the library has none of that id."""
    found = revision.pictures.get(picture_id)
    if found is None:
        known = ", ".join(revision.pictures) or "none yet"
        raise UsageError(f"There is no picture “{picture_id}”.", mend=f"messages/ has: {known}.")
    return found


def consent_named(consent_id: str, revision: Revision) -> Consent:
    """Raises UsageError where the files have none of that number."""
    found = revision.consents.get(consent_id)
    if found is None:
        known = ", ".join(revision.consents) or "none yet"
        raise UsageError(f"There is no consent “{consent_id}”.", mend=f"messages/ has: {known}.")
    return found


def pictures_used(now: datetime) -> dict[str, Used]:
    """Every picture of the library, used or not, in the order of the files."""
    revision = current_revision(now)
    of_messages = {one.id: _pictures(one.media, revision) for one in revision.messages.values()}
    return _gathered(revision.pictures, of_messages, lambda post: _pictures(post.wording.media, revision))


def consents_used(now: datetime) -> dict[str, Used]:
    """Every consent. What a post went out with counts, too, where the files have changed since."""
    revision = current_revision(now)
    of_messages = {one.id: _consents(one.id, one.media, revision) for one in revision.messages.values()}

    def of_post(post: Post) -> set[str]:
        found = _consents(post.message, post.wording.media, revision)
        if post.revision != revision.number and _about_people(post):
            then = _as_it_was(post.revision, revision.digest)
            found |= _consents(post.message, post.wording.media, then) if then else set()
        return found

    return _gathered(revision.consents, of_messages, of_post)


def ending_pictures(revision: Revision, today: date) -> list[Picture]:
    """Whose rights are over, or end within the next thirty days; the earliest first."""
    found = [one for one in revision.pictures.values() if one.ends_by(today + timedelta(days=ENDING))]
    return sorted(found, key=lambda one: one.expires or today)


def ending_consents(revision: Revision, today: date) -> list[Consent]:
    """As `ending_pictures`; those that were withdrawn are told of elsewhere."""
    soon = today + timedelta(days=ENDING)
    found = [one for one in revision.consents.values() if one.expires <= soon and one.withdrawn is None]
    return sorted(found, key=lambda one: one.expires)


def local_today(now: datetime) -> date:
    """By the clock that no campaign rules."""
    return local(now, config().timezone).date()


def _gathered(
    wanted: Iterable[str], of_messages: dict[str, set[str]], of_post: Callable[[Post], set[str]]
) -> dict[str, Used]:
    used: dict[str, Used] = {}
    waiting = [(one, of_post(one)) for one in posts.listing(states=OPEN_POST)]
    gone = [(post, live, of_post(post)) for post, live in _out()]
    for one in wanted:
        used[one] = Used(
            messages=tuple(name for name, found in of_messages.items() if one in found),
            waiting=tuple(post for post, found in waiting if one in found and _may_go_out(post)),
            live=tuple((post, live) for post, live, found in gone if one in found),
        )
    return used


def _out() -> Iterator[tuple[Post, Delivery]]:
    """Everything that is live, or may be, on each account."""
    for state in (PostState.CLOSED, PostState.APPROVED, PostState.WITHDRAWN):
        for post in every_post(state=state):
            for one in post.deliveries:
                there = one.state in _OUT or one.in_doubt or one.parts
                if there and one.deleted_at is None and one.state is not DeliveryState.DELETED:
                    yield post, one


def _may_go_out(post: Post) -> bool:
    still = {DeliveryState.PLANNED, DeliveryState.DUE, DeliveryState.MISSED, DeliveryState.FAILED}
    return any(one.state in still and not one.given_up for one in post.deliveries)


def _pictures(media: Iterable[MediaUse], revision: Revision) -> set[str]:
    found = (by_file(revision.pictures.values(), one.file) for one in media)
    return {one.id for one in found if one is not None}


def _consents(message_id: str | None, media: Iterable[MediaUse], revision: Revision) -> set[str]:
    message = revision.messages.get(message_id or "")
    named = {message.consent} if message is not None else set()
    uploaded = {one.rights.consent for one in media if one.rights is not None}
    return (named | uploaded | {revision.pictures[one].consent for one in _pictures(media, revision)}) - {""}


def _about_people(post: Post) -> bool:
    return post.message is not None or any(one.file for one in post.wording.media)


@lru_cache(maxsize=64)
def _as_it_was(number: int, _now: str) -> Revision | None:
    """The files under this number; None where that state is not kept."""
    try:
        return revisions.numbered(number)
    except BfbotError:
        return None
