"""Clips that are being prepared: a command that needs them waits, and shows on stderr how far they are."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from bfbot.cli.legible import beneath
from bfbot.domain.message import MediaUse

LOOKS_AGAIN = 0.1
"""Seconds between two looks."""


def show_clips(media: Iterable[MediaUse]) -> None:
    """Until all of them are there; what is wrong with one is told by whoever then uses it."""
    from bfbot.config import config
    from bfbot.media.resolve import clips_among

    for path in clips_among(media, config().home):
        done = _done(path)
        if done is None:
            continue
        with click.progressbar(length=100, label=f"Preparing {path.name}", file=beneath(sys.stderr)) as bar:
            while done is not None:
                bar.update(max(0, done - bar.pos))
                time.sleep(LOOKS_AGAIN)
                done = _done(path)
            bar.update(100 - bar.pos)


def _done(path: Path) -> int | None:
    """In per cent; None for one that is there, or will not be."""
    from bfbot.errors import BfbotError
    from bfbot.media.clip_preparing import BeingPrepared, ready

    try:
        ready(path)
    except BeingPrepared as not_yet:
        return not_yet.done
    except BfbotError:
        return None
    return None


def show_message(message_id: str, now: datetime) -> None:
    """Those of an evergreen post; none where there is no such post."""
    from bfbot.library import current_revision

    message = current_revision(now).messages.get(message_id)
    show_clips(message.media if message else ())


def show_library() -> None:
    """Every clip that is listed in messages/media.yaml."""
    from bfbot.library import current_revision

    listed = current_revision(datetime.now(UTC)).pictures.values()
    show_clips(MediaUse(alt="", file=one.file) for one in listed)
