"""Finding our own post in a network's list, by its words. Pure.

Networks give a text back changed: as HTML, with short links, with the host of a mention dropped. Both sides are
brought to one plain form before they are compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html.parser import HTMLParser

from bfbot.platforms.base import Receipt, Seen, Sending
from bfbot.platforms.facets import MENTION, link_spans

SOME_POST = "?"
"""In place of the id of a parent that the network does not name."""


@dataclass(frozen=True)
class Listed:
    """One post as the network lists it, its text already plain and its links whole."""

    remote_id: str
    url: str
    published_at: datetime
    text: str
    reply_to: str | None
    pictures: int


def seen_since(listed: Iterable[Listed], since: datetime) -> list[Seen]:
    """For people to look at, newest first."""
    found = [
        Seen(one.remote_id, one.url, one.published_at, one.text) for one in listed if one.published_at >= since
    ]
    return sorted(found, key=lambda one: one.published_at, reverse=True)


def match(sending: Sending, listed: Iterable[Listed], clock_behind: timedelta) -> Receipt | None:
    """The earliest listed post that is this part: same words, same place in its thread, same number of pictures.

    One published before the first try is never it. Networks round times down to the second, and their clock may
    be behind ours by `clock_behind`.
    """
    part = sending.proof.parts[sending.index]
    since = earliest(sending.tried_since, clock_behind)
    ours = plain(part.text)
    found = [
        one
        for one in listed
        if one.published_at >= since
        and one.remote_id not in sending.others
        and (one.reply_to == sending.reply_to or (one.reply_to == SOME_POST and sending.reply_to))
        and one.pictures == len(part.media)
        and plain(one.text) == ours
    ]
    if not found:
        return None
    first = min(found, key=lambda one: one.published_at)
    return Receipt(remote_id=first.remote_id, url=first.url, published_at=first.published_at)


def earliest(tried_since: datetime, clock_behind: timedelta) -> datetime:
    """The first moment, by the network's clock, at which what was first tried then can have been published."""
    return (tried_since - clock_behind).replace(microsecond=0)


def plain(text: str) -> str:
    """One form for one wording: without spaces, link schemes, hosts of mentions and typographic variants."""
    pieces, last = [], 0
    for start, end in link_spans(text):
        pieces += [_words(text[last:start]), _bare_link(text[start:end])]
        last = end
    return "".join([*pieces, _words(text[last:])])


def _words(text: str) -> str:
    text = unicodedata.normalize("NFC", MENTION.sub(r"@\1", text)).translate(_VARIANTS)
    return re.sub(r"[\s\u200b\ufeff]+", "", text).casefold()


def _bare_link(link: str) -> str:
    return re.sub(r"^https?://", "", link, flags=re.IGNORECASE).rstrip("/").casefold()


_VARIANTS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def html_to_text(html: str) -> str:
    """The words of a status's HTML: line breaks kept, hidden halves of links put together again."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.words).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.words.append("\n")
        elif tag == "p" and self.words:
            self.words.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)
