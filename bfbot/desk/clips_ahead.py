"""Clips are taken in before a transaction holds the database, and beside everything else: it may take minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from time import monotonic

from bfbot.config import config
from bfbot.domain.message import MediaUse
from bfbot.errors import BfbotError
from bfbot.library import current_revision
from bfbot.media.clip_preparing import BeingPrepared, ready, wait
from bfbot.media.resolve import clips_among

PATIENCE = 8.0
"""Seconds that a person's click waits: what is short is there by then."""


def take_in_clips(media: Iterable[MediaUse]) -> None:
    """Wait a moment for those that are not there yet. Raises BeingPrepared where that does not suffice.

    What is wrong with one is told where the post is written out: it is not looked at twice.
    """
    ends = monotonic() + PATIENCE
    for path in clips_among(media, config().home):
        try:
            wait(path, ends - monotonic())
        except BeingPrepared:
            raise
        except BfbotError:
            continue


def clips_to_come(media: Iterable[MediaUse]) -> bool:
    """Whether one of them is not there yet; it is being prepared then, and nobody waits."""
    to_come = False
    for path in clips_among(media, config().home):
        try:
            ready(path)
        except BeingPrepared:
            to_come = True
        except BfbotError:
            continue
    return to_come


def prepare_library(now: datetime) -> None:
    """Have every clip that is listed in messages/media.yaml prepared, so that it is there before it is wanted."""
    clips_to_come(MediaUse(alt="", file=one.file) for one in current_revision(now).pictures.values())
