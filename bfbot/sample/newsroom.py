"""The sample feed: old releases that a first reading marks as seen, and one that comes out while you watch."""

from __future__ import annotations

import os
import threading
import time
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from bfbot.engine.units import utc_now
from bfbot.ledger import releases
from bfbot.sample.files import FEED, FEED_FILE

HEADLINES = (
    "Steady funding keeps family help open, councils say",
    "Councils set out what early help needs from Government",
    "Social workers need time with families, not paperwork, say council leaders",
    "Children’s centres show what support close to home can do",
    "Council leaders ask for one plan for children across departments",
)
"""Made up for the sample, on the campaign's real themes."""

OLD = 4
AFTER_FIRST_READING = 20.0
PAGE = "https://www.local.gov.uk/bright-futures"


def open_newsroom(home: Path, now: datetime) -> None:
    """Write the feed with its old releases if there is none; let a new one come out 20 s after it is next read."""
    path = home / FEED_FILE
    if not path.exists():
        old = [_item(HEADLINES[n], now - timedelta(days=9 * (n + 1)), f"old-{n}") for n in range(OLD)]
        _write(path, old)
    threading.Thread(target=_bring_out, args=(path, now), name="sample-newsroom", daemon=True).start()


def _bring_out(path: Path, started: datetime) -> None:
    while True:
        last = releases.memory(FEED).last_ok_at
        if last is not None and last >= started:
            break
        time.sleep(1)
    time.sleep(AFTER_FIRST_READING)
    now = utc_now()
    items = path.read_text().split("<!-- item -->")[1:-1]
    title = HEADLINES[len(items) % len(HEADLINES)]
    _write(path, [_item(title, now, f"release-{now:%Y%m%d%H%M%S}"), *items])


def _item(title: str, at: datetime, guid: str) -> str:
    return (
        f"\n<item><title>{escape(title)}</title><link>{PAGE}?release={guid}</link>"
        f'<guid isPermaLink="false">{guid}</guid><pubDate>{format_datetime(at)}</pubDate></item>\n'
    )


def _write(path: Path, items: list[str]) -> None:
    """Whole or not at all: the feed may be read at any moment."""
    body = "<!-- item -->".join(["", *items, ""])
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Sample news</title>'
        f"<link>{PAGE}</link><description>Releases of the sample workspace</description>\n{body}</channel></rss>\n"
    )
    whole = path.with_suffix(".new")
    whole.write_text(text)
    os.replace(whole, path)
