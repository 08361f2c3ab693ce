"""A feed's bytes to clean items, by way of a child process that may be killed."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bfbot.domain.release import Item
from bfbot.errors import FeedFailed
from bfbot.news import clean, dates

SECONDS = 5
BY_THE_CLOCK = 4
"""Others use the machine too: a reader that waits for its turn may take so many times as long as it may work."""
MEGABYTES = 512
ILL_FORMED = "the feed is not well-formed; what could be read was read"

_CHILD = Path(__file__).with_name("parser_child.py")
_AT_ONCE = threading.BoundedSemaphore(2)  # more children at once would only take memory from one another
_LARGEST_ANSWER = 32 * 1024 * 1024


@dataclass(frozen=True)
class Parsed:
    """All items of one reading in the feed's order, and what a person should know of the whole."""

    items: tuple[Item, ...]
    warnings: tuple[str, ...] = ()


def parse(
    body: bytes, *, now: datetime, content_type: str = "", base: str = "", seconds: float = SECONDS
) -> Parsed:
    """Clean items of a feed. `now` (aware) decides which dates are believed; `base` is the feed's address.

    `seconds` of processor time are what its reader may take.

    Raises FeedFailed for anything that is no whole feed: a page, nothing, half of one, an attack. Never "no news".
    """
    found = _in_child(body, content_type[:200], seconds)
    if found.get("refused"):
        raise FeedFailed(str(found["refused"]), mend="Open the address in a browser and see what is there.")
    items = tuple(_item(one, base, now) for one in found["entries"])
    return Parsed(items, (ILL_FORMED,) if found.get("ill_formed") else ())


def _item(raw: dict[str, str], base: str, now: datetime) -> Item:
    title = clean.title(raw["title"])
    summary = clean.plain(raw["summary"], clean.SUMMARY_LENGTH)
    link = clean.link(raw["link"], base)
    dated = dates.believed(raw["published"], now)
    warnings = (*title.warnings, *summary.warnings, *link.warnings, dated.warning)
    return Item(
        guid=clean.plain(raw["guid"], 1000).text,
        link=link.text,
        title=title.text,
        summary=summary.text,
        published_at=dated.moment,
        warnings=tuple(dict.fromkeys(one for one in warnings if one)),
    )


def _in_child(body: bytes, content_type: str, seconds: float) -> dict[str, Any]:
    """Run the child over `body`; its answer, or FeedFailed when it crashed, hung or grew too large.

    Input and output are unnamed files, not pipes: a child that neither reads nor writes can block nobody.
    """
    with _AT_ONCE, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(body)
        given.seek(0)
        child = subprocess.Popen(  # noqa: S603 - our own file, run by our own interpreter
            [sys.executable, "-I", str(_CHILD), str(MEGABYTES), str(max(1, round(seconds))), content_type],
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            close_fds=True,
        )
        patience = BY_THE_CLOCK * seconds
        try:
            code = child.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            raise FeedFailed(f"The feed could not be read within {patience:g} seconds.") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            child.wait()
        answer.seek(0)
        text = answer.read(_LARGEST_ANSWER)
    if code not in {0, 3}:
        raise FeedFailed("The feed could not be read: it is too large or too tangled for its reader.")
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        raise FeedFailed("The feed could not be read: its reader gave half an answer.") from None
    return found
