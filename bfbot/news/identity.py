"""Who an item is: the ladder feed + guid, else canonical link, else hash of title and date.

Each rung gives a short text that is the same at every reading. An item is known if any of its rungs is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from bfbot.domain.release import Item

_TRACKING = re.compile(
    r"^(utm_.*|at_(medium|campaign).*|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|cmp)$", re.I
)
_STAMP = re.compile(r"[#;](updated[_-]?at=?)?\d{4}-?\d{2}-?\d{2}.*$")
_ENDED = re.compile(r"\bfeed-ended\b", re.I)
_FIRST_PAGE = {"", "index.html", "index.php"}


@dataclass(frozen=True)
class Rungs:
    """The rungs of one item, strongest first; "" where it has none. `path` is the link without its host."""

    guid: str
    link: str
    text: str
    path: str
    words: str

    @property
    def identity(self) -> str:
        """What the release is stored under: the first rung there is."""
        return self.guid or self.link or self.text


def rungs(items: Iterable[Item]) -> list[Rungs]:
    """The rungs of each item of one reading. A guid that several links share is no guid."""
    items = list(items)
    links: dict[str, set[str]] = {}
    for item in items:
        links.setdefault(plain_guid(item.guid), set()).add(canonical(item.link) or item.title)
    shared = {guid for guid, of in links.items() if guid and len(of) > 1}
    return [_rungs(item, plain_guid(item.guid) not in shared) for item in items]


def of(guid: str, link: str, title: str, date: str) -> Rungs:
    """The rungs of one item or release, its guid taken at its word. `date` is ISO, "" for unknown."""
    address = canonical(link)
    path = address.partition("/")[2]
    words = " ".join(re.findall(r"\w+", title.casefold()))
    return Rungs(
        guid=_digest("guid", plain_guid(guid)),
        link=_digest("link", address),
        text=_digest("text", f"{words}|{date}" if words else ""),
        path=_digest("path", "" if path in _FIRST_PAGE else path),
        words=words,
    )


def content_digest(item: Item) -> str:
    """What an edit changes: title and summary. A moved date or address is no edit."""
    return hashlib.sha256(f"{item.title}\n{item.summary}".encode()).hexdigest()


def is_feed_ended(item: Item) -> bool:
    """GOV.UK closes a feed with an entry that says so; it is never news."""
    return bool(_ENDED.search(item.guid) or _ENDED.search(item.link))


def canonical(link: str) -> str:
    """Host and path of a link as `host/path?query`: one text for all its spellings.

    Scheme, `www.`, default ports, fragment, trailing slash and tracking parameters do not count.
    """
    try:
        parts = urlsplit(link.strip())
        port = parts.port
    except ValueError:
        return ""
    if not parts.hostname:
        return ""
    host = parts.hostname.lower().removeprefix("www.") + (f":{port}" if port not in {None, 80, 443} else "")
    query = urlencode(
        [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])]
    )
    return f"{host}/{parts.path.strip('/')}" + (f"?{query}" if query else "")


def plain_guid(guid: str) -> str:
    """A guid without a moment of update at its end, which would make each update a new item."""
    return _STAMP.sub("", guid.strip())


def _rungs(item: Item, guid_counts: bool) -> Rungs:
    date = item.published_at.date().isoformat() if item.published_at else ""
    return of(item.guid if guid_counts else "", item.link, item.title, date)


def _digest(kind: str, text: str) -> str:
    return f"{kind}:{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:40]}" if text else ""
