"""What a standing approval was put under, and whether it still is that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from bfbot.config import config
from bfbot.desk.proofing import campaign_of
from bfbot.domain.approval import StandingApproval
from bfbot.domain.localtime import local
from bfbot.domain.message import Message
from bfbot.domain.person import Role
from bfbot.domain.picture import focal_of
from bfbot.domain.post import Wording
from bfbot.domain.proof import MIDDLE
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Feed
from bfbot.domain.wording import fact_ids
from bfbot.ledger import approvals, people


def wording_of(message: Message) -> Wording:
    return Wording(
        text=message.text,
        variants=message.variants,
        media=message.media,
        link=message.link,
        language=message.language,
    )


def message_digest(message: Message, revision: Revision, accounts: Iterable[str] = ()) -> str:
    """sha256 over the message, the facts it uses, its pictures' bytes, what stays in sight of them, where it goes.

    A change of any of them voids the signature; so does one of the campaign's name, owner, hashtag or link.
    """
    texts = (message.text, *message.variants.values(), *(one.alt for one in message.media))
    named = {one for text in texts for one in fact_ids(text)} | {one.card for one in message.media if one.card}
    facts = [asdict(revision.facts[one]) for one in sorted(named) if one in revision.facts]
    files = [name for one in message.media for name in (one.file, one.captions) if name]
    pictures = [_picture_digest(one) for one in files]
    frame: list[object] = [_campaign(message.campaign, revision), _accounts(accounts, revision)]
    cropped = [focal_of(revision.pictures.values(), one.file) for one in message.media]
    if any(one != MIDDLE for one in cropped):  # said only then, so that older signatures still hold
        frame.append(cropped)
    return _digest([_said(message), facts, pictures, frame])


def feed_digest(feed: Feed, revision: Revision, accounts: Iterable[str] = ()) -> str:
    """sha256 over the feed's address, accounts, cancel window and wording."""
    template = revision.templates.get(feed.template)
    frame = [_campaign(feed.campaigns[0], revision), _accounts(accounts, revision)]
    return _digest([asdict(feed), asdict(template) if template else None, frame])


def lapse_reason(one: StandingApproval, revision: Revision, now: datetime) -> str | None:
    """Why a signature no longer covers what it was put under; None when it does."""
    kind, _, subject_id = one.subject.partition(":")
    thing = revision.messages.get(subject_id) if kind == "message" else revision.feeds.get(subject_id)
    if thing is None or one.campaign not in revision.campaigns:
        return "it is no longer in the files"
    if local(now, campaign_of(one.campaign, revision).zone).date() > one.until:
        return f"it ended on {one.until:%-d %B %Y}"
    signer = people.find(one.signer)
    if signer is None or not signer.may(Role.APPROVER, one.campaign):
        return f"{one.signer} is no longer an approver"
    if isinstance(thing, Message):
        digest = message_digest(thing, revision, one.accounts)
    else:
        digest = feed_digest(thing, revision, one.accounts)
    return None if digest == one.digest else "what was signed has changed"


def covering(subject: str, accounts: Iterable[str], revision: Revision, now: datetime) -> StandingApproval | None:
    """The signature that covers `message:ID` or `feed:ID` on all of `accounts` as they stand, if any."""
    wanted = set(accounts)
    return next(
        (
            one
            for one in approvals.standing(subject)
            if wanted <= set(one.accounts) and lapse_reason(one, revision, now) is None
        ),
        None,
    )


def why_void(given: StandingApproval, accounts: Iterable[str], revision: Revision, now: datetime) -> str | None:
    """Why a post approved under `given` needs a person now; None while that, or a renewal of it, covers it."""
    renewed = covering(given.subject, accounts, revision, now)
    if renewed is not None and renewed.digest == given.digest:
        return None
    return lapse_reason(given, revision, now) or given.lapse_reason or "what was signed has changed"


def _picture_digest(name: str) -> str:
    """sha256 of a picture's file below messages/; "" where it is missing."""
    path = config().home / "messages" / name
    try:
        seen = path.stat()
    except OSError:
        return ""
    return _bytes_digest(path, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino)


@lru_cache(maxsize=500)
def _bytes_digest(path: Path, *_seen: int) -> str:
    """Read again when the file's times, size or place on the disk are others."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _said(message: Message) -> dict[str, object]:
    """Every field; those that came later only where they say something, so that older signatures still hold."""
    said = asdict(message)
    for thing in (said, *said["media"]):
        for name in ("language", "pair", "captions", "when", "people", "consent", "quote", "rights"):
            if not thing.get(name):
                thing.pop(name, None)
    return said


def _campaign(campaign_id: str, revision: Revision) -> list[str]:
    one = revision.campaigns.get(campaign_id)
    if one is None:
        return []
    tracking = ["tracking", *one.own_hosts] if one.tracking else []
    return [one.name, one.owner, one.hashtag, one.link, one.language, *tracking]


def _accounts(accounts: Iterable[str], revision: Revision) -> list[list[str]]:
    known = [revision.accounts[one] for one in sorted(accounts) if one in revision.accounts]
    return [[one.id, one.platform, one.base_url] for one in known]


def _digest(thing: object) -> str:
    text = json.dumps(thing, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset | set) else str(value)
