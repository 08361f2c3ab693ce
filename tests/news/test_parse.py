"""Feeds to items, and hostile feeds to errors."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bfbot.errors import FeedFailed
from bfbot.news import clean, dates
from bfbot.news.parse import ILL_FORMED, parse
from tests.servers.feeds import entry, rss

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><id>tag:x,2026:1</id><title type="html">Schools &amp;amp; care</title><link href="/one"/>
<updated>2026-11-20T10:00:00+00:00</updated><summary>Short</summary></entry></feed>"""
HEAD = b'<?xml version="1.0"?>'


def test_rss() -> None:
    (item,) = parse(rss([entry("Fish & <b>chips</b>", guid="g", summary="<p>One</p><p>two</p>")]), now=NOW).items
    assert (item.title, item.guid, item.link) == (
        "Fish & chips",
        "g",
        "https://news.example/fish-&-<b>chips</b>".replace("<", "%3C").replace(">", "%3E"),
    )
    assert (item.summary, item.warnings) == ("One two", ())
    assert item.published_at == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_atom_in_several_encodings(encoding: str) -> None:
    body = ATOM.replace("utf-8", encoding).replace("Short", "Café").encode(encoding)
    (item,) = parse(body, now=NOW, base="https://news.example/feed").items
    assert (item.title, item.link, item.summary) == ("Schools & care", "https://news.example/one", "Café")
    assert item.published_at == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_a_guid_stays_as_it_is_written() -> None:
    bodies = [rss([entry("One", guid="123")])] * 2
    first, second = (
        parse(one, now=NOW, base=base).items[0]
        for one, base in zip(bodies, ["https://a.example/", "https://b.example/"], strict=True)
    )
    assert first.guid == second.guid == "123"


def test_mark_up_scripts_and_hidden_characters_of_items() -> None:
    title = "<script>alert(1)</script>Safe\u202e title\u200b" + "\u0316" * 500
    (item,) = parse(
        rss([entry(title, link="javascript:alert(1)", published="Fri, 01 Jan 1795 00:00:00 GMT")]), now=NOW
    ).items
    assert item.title.startswith("Safe title")
    assert (item.link, item.published_at) == ("", None)
    assert set(item.warnings) == {clean.HIDDEN_REMOVED, clean.MARKS_REMOVED, clean.LINK_REFUSED, dates.UNKNOWN}


def test_small_faults_are_read_over_and_said() -> None:
    body = rss([entry("One")]).replace(b"One", b"One &nbsp; more <br> lines")
    parsed = parse(body, now=NOW)
    assert parsed.warnings == (ILL_FORMED,)
    assert parsed.items[0].title.startswith("One")


def test_an_external_entity_reads_no_file() -> None:
    body = HEAD + b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss([entry("&x;")])[38:]
    with pytest.raises(FeedFailed, match="entities"):
        parse(body, now=NOW)


def _laughs() -> bytes:
    lines = [b'<!ENTITY l0 "ha">'] + [b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12)]
    return HEAD + b"<!DOCTYPE rss [" + b"".join(lines) + b"]><rss><channel><title>&l11;</title></channel></rss>"


def _chain() -> bytes:
    lines = [b'<!ENTITY a0 "x">'] + [b'<!ENTITY a%d "&a%d;">' % (n, n - 1) for n in range(1, 50_000)]
    return HEAD + b"<!DOCTYPE rss [" + b"".join(lines) + b"]><rss><channel><title>&a49999;</title></channel></rss>"


def _attributes() -> bytes:
    many = b" ".join(b'a%d="1"' % n for n in range(40_000))
    return rss([entry("One")]).replace(b"<item>", b"<item " + many + b">")


REFUSED = {
    "billion laughs": _laughs(),
    "entity chain": _chain(),
    "laughs in UTF-16": _laughs().decode().encode("utf-16"),
    "laughs behind a comment": _laughs().replace(b"<!DOCTYPE", b"<!-- <rss> --><!DOCTYPE"),
    "parameter entity": HEAD
    + b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://x.example/p">%p;]>'
    + rss([entry("One")])[38:],
    "empty": b"",
    "blank": b" \n\t ",
    "page": b"<!DOCTYPE html><html><head><title>Sorry</title></head><body>Down for repairs</body></html>",
    "text": b"Service unavailable",
    "json": b'{"version": "https://jsonfeed.org/version/1.1"}',
    "no items": rss([]),
    "cut": rss([entry("One"), entry("Two")])[:-60],
    "cut in a tag": rss([entry("One"), entry("Two")])[:-25],
    "noise": bytes(range(256)) * 2000,
    "nested tags": rss([entry("One")]).replace(b"One", b"<b>" * 400_000),
    "40,000 attributes": _attributes(),
    "one huge author": rss([entry("One")]).replace(b"</item>", b"<author>" + b"a@" * 16_000 + b"</author></item>"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_feeds_end_in_time(name: str) -> None:
    """Either an error, or (where feedparser copes) clean items; in time, and only the child pays."""
    started = time.monotonic()
    try:
        parsed = parse(REFUSED[name], now=NOW, seconds=1.5)
    except FeedFailed:
        parsed = None
    if parsed:
        assert name in {"nested tags", "one huge author", "40,000 attributes"}
        assert all(len(item.title) <= clean.TITLE_LENGTH for item in parsed.items)
    assert time.monotonic() - started < 10


def test_a_title_of_megabytes_is_cut() -> None:
    (item,) = parse(rss([entry("word " * 900_000, link="https://news.example/x", guid="g")]), now=NOW).items
    assert len(item.title) <= clean.TITLE_LENGTH
    assert clean.TITLE_CUT in item.warnings


def test_a_child_that_grows_too_large_is_only_a_failed_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bfbot.news.parse.MEGABYTES", 48)
    with pytest.raises(FeedFailed, match="too large or too tangled"):
        parse(rss([entry("One")]) + b" " * 60_000_000, now=NOW)
