"""Clips are taken in before a transaction holds the database: that may take a child seconds."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from bfbot.config import config
from bfbot.domain.message import MediaUse
from bfbot.domain.revision import Revision
from bfbot.errors import BfbotError
from bfbot.media.resolve import picture


def take_in_clips(media: Iterable[MediaUse], revision: Revision) -> None:
    """What is wrong with one is told where the post is written out: it is not looked at twice."""
    for use in media:
        if use.file and use.captions:
            with suppress(BfbotError):
                picture(use, revision, config().home)
