"""Run by itself in a child process: a feed on standard input, its raw entries as JSON on standard output.

Started by path, so it imports nothing of bfbot. feedparser may take minutes, gigabytes or the whole process
down on a hostile feed; here that costs a child. Limits are set before the first byte is read.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
from typing import Any

FIELD = 20_000  # characters of one field: enough for any title or summary, too little to hurt the parent
ENTRIES = 5_000
REFUSED = 3  # exit code: not a feed, or one that is refused; the reason stands in the JSON


def limit(megabytes: int, seconds: int) -> None:
    """Bound this process's memory and CPU time."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refusal(body: bytes) -> str:
    """Why this body is not even parsed; "" when it may be."""
    text = body.replace(b"\0", b"")  # UTF-16 and UTF-32 read as ASCII
    if not text.strip():
        return "The answer is empty."
    bare = re.sub(rb"(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>", b"", text)
    if re.search(rb"(?i)<!ENTITY|<!DOCTYPE[^>\[]*\[", bare):
        return "The feed declares entities of its own, which is how feeds attack their readers."
    return ""


def cut_short(body: bytes) -> bool:
    """Whether the closing tag of the whole feed is missing."""
    return not re.search(rb"(?i)</\s*([a-z0-9]+:)?(rss|feed|rdf)\s*>", body.replace(b"\0", b"")[-4096:])


def entries(body: bytes, content_type: str) -> dict[str, object]:
    """The raw entries of a feed, or the reason why there are none."""
    reason = refusal(body)
    if reason:
        return {"refused": reason}
    import feedparser

    # Without a base address, so that guids stay as they are written when the feed moves house; links are joined
    # to their base later. Nothing of the mark-up is kept, so cleaning it here would only cost time.
    headers = {"content-type": content_type}
    parsed = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not parsed.get("version"):
        return {"refused": "This is no feed (a web page, or something else)."}
    fault = parsed.get("bozo_exception")
    ill_formed = "SAX" in type(fault).__name__
    if ill_formed and cut_short(body):
        return {"refused": "The feed was cut short."}
    if not parsed.entries:
        return {"refused": "The feed is empty."}
    return {"entries": [raw(one) for one in parsed.entries[:ENTRIES]], "ill_formed": ill_formed}


def raw(entry: Any) -> dict[str, str]:
    """The fields that are used, as text of bounded length."""
    get = entry.get
    content = get("content") or [{}]
    fields = {
        "guid": get("id"),
        "link": get("link"),
        "title": get("title"),
        "summary": get("summary") or content[0].get("value"),
        # Not entry.get: feedparser answers the date of the update when asked for a missing date of publication,
        # and warns of it.
        "published": dict.get(entry, "published") or dict.get(entry, "updated"),
    }
    return {name: value[:FIELD] if isinstance(value, str) else "" for name, value in fields.items()}


def main() -> int:
    megabytes, seconds, content_type = sys.argv[1:4]
    limit(int(megabytes), int(seconds))
    sys.setrecursionlimit(2000)
    found = entries(sys.stdin.buffer.read(), content_type)
    sys.stdout.write(json.dumps(found))
    return REFUSED if "refused" in found else 0


if __name__ == "__main__":
    raise SystemExit(main())
