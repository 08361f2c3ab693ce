"""From an author's text to the words that go out: placeholders filled, source, link and hashtag added.

Placeholders are plain: one regular expression, one pass, nothing evaluated. What is put in (a feed's title,
say) is never looked at again, and cannot open a new part: parts are told apart first.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from bfbot.domain.campaign import Campaign
from bfbot.domain.fact import Fact
from bfbot.domain.figures import citation, figure_text, period_text, source_text
from bfbot.domain.message import Message
from bfbot.errors import ContentRefused

FACT_KINDS = {"fact": figure_text, "period": period_text, "source": source_text}

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}|\{(?=\s*(?:fact|period|source|link|hashtag|title|summary|owner)\b)")
_PART_BREAK = re.compile(r"(?m)^[ \t]*---[ \t]*$")
_SENTENCE_START = re.compile(r"(?:^|[.!?…][\"”’)]*\s+|\n)\s*[\"“‘(]*$")
_TAIL = re.compile(r"(?:^|(?<!\s)\s+)(?:(?:https?://|[#＃]\w*[^\W\d_])\S*(?:\s+|$))+$")


def fact_ids(text: str) -> tuple[str, ...]:
    """The facts that a text names, be it for figure, period or source; in order, without repeats."""
    return _named(text, FACT_KINDS)


def cited_in(message: Message) -> frozenset[str]:
    """Ids of the statistics that an evergreen post names, in words, in an alt text or on a card."""
    texts = (message.text, *message.variants.values(), *(one.alt for one in message.media))
    cards = (one.card for one in message.media if one.card)
    return frozenset([*(one for text in texts for one in fact_ids(text)), *cards])


def placeholders(text: str) -> tuple[str, ...]:
    """What stands between the braces of each placeholder, known or not; "" for one that is not closed."""
    return tuple(match.group(1) or "" for match in _PLACEHOLDER.finditer(text))


def resolve(
    text: str, *, facts: Mapping[str, Fact], campaign: Campaign, link: str, extras: Mapping[str, str]
) -> tuple[str, ...]:
    """The words of each part, ready for a network; parts are told apart by a line of three hyphens alone.

    `extras` are further placeholders ({title}, {summary} of a release). What the text does not say itself is
    added: each fact's source and period to the part that first uses it, the link to the first part (where its
    preview belongs), the hashtag to the last. They stand before a run of links and hashtags that closes a part,
    so that hashtags stay last. An empty link or hashtag is not added.
    Raises ContentRefused for a placeholder or a fact that is not known, naming it and those that are.
    """
    tag = f"#{campaign.hashtag.lstrip('#')}" if campaign.hashtag else ""
    values = {**extras, "link": link, "hashtag": tag, "owner": campaign.owner}
    written = [part for part in _PART_BREAK.split(text) if part.strip()] or [""]
    parts = [_mended(_filled(part, facts, values), tag) for part in written]
    needs_link = not any(_holds_link(part, link) or _holds_link(part, campaign.link) for part in parts)
    needs_tag = not any(_tag_pattern(tag).search(part) for part in parts) if tag else False
    cited: set[str] = set()
    result = []
    for number, part in enumerate(parts):
        mine = [facts[one] for one in _named(written[number], {"fact"}) if one not in cited]
        cited.update(fact.id for fact in mine)
        result.append(
            _closed(
                part,
                source=_source_note(mine, text, "\n".join(parts)),
                link=link if needs_link and number == 0 else "",
                tag=tag if needs_tag and number == len(parts) - 1 else "",
            )
        )
    return tuple(result)


def _named(text: str, kinds: Iterable[str]) -> tuple[str, ...]:
    found = (match.group(1).partition(":") for match in _PLACEHOLDER.finditer(text) if match.group(1))
    return tuple(dict.fromkeys(fact_id for kind, _, fact_id in found if kind in kinds and fact_id))


def _filled(part: str, facts: Mapping[str, Fact], values: Mapping[str, str]) -> str:
    def fill(match: re.Match[str]) -> str:
        inner = match.group(1)
        if inner is None:
            raise ContentRefused(
                f"A placeholder is not closed: “{part[match.start() : match.start() + 20]}”.",
                mend="End it with }.",
            )
        if inner in values:
            return values[inner]
        kind, _, fact_id = inner.partition(":")
        if kind not in FACT_KINDS or not fact_id:
            known = ", ".join(f"{{{name}}}" for name in dict.fromkeys(("fact:…", "period:…", "source:…", *values)))
            raise ContentRefused(f"{{{inner}}} is not a placeholder here.", mend=f"Known ones: {known}.")
        if fact_id not in facts:
            near = difflib.get_close_matches(fact_id, facts, n=3, cutoff=0.5)
            raise ContentRefused(
                f"There is no statistic “{fact_id}” ({{{inner}}}).",
                mend=f"Did you mean {' or '.join(near)}?" if near else "Name one of messages/facts.yaml.",
            )
        words = FACT_KINDS[kind](facts[fact_id])
        return words[:1].upper() + words[1:] if _SENTENCE_START.search(part[: match.start()]) else words

    return _PLACEHOLDER.sub(fill, part)


def _mended(text: str, tag: str) -> str:
    """NFC, no space at a line's end, the campaign's hashtag in its own capitals (read aloud word by word)."""
    text = "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", text).splitlines()).strip()
    return _tag_pattern(tag).sub(tag, text) if tag else text


def _tag_pattern(tag: str) -> re.Pattern[str]:
    """The hashtag in any case, but not a fragment of an address."""
    return re.compile(rf"(?<![\w/&?=#＃])[#＃]{re.escape(tag[1:])}(?!\w)", re.IGNORECASE)


def _holds_link(text: str, link: str) -> bool:
    return bool(link) and re.search(re.escape(link) + r"/?(?![\w/?#&=%-])", text) is not None


def _source_note(facts: list[Fact], text: str, shown: str) -> str:
    """What the text leaves unsaid of where its figures come from; one name is told once, with all its periods."""
    placed = {kind: set(_named(text, {kind})) for kind in ("source", "period")}
    periods: dict[str, list[str]] = {}
    for fact in facts:
        if not citation(fact) or citation(fact) in shown:
            continue
        owner = "" if fact.id in placed["source"] else fact.owner
        period = "" if fact.id in placed["period"] else period_text(fact)
        if owner or period:
            known = periods.setdefault(owner, [])
            known.extend([period] if period and period not in known else [])
    notes = [", ".join(filter(None, (owner, " and ".join(found)))) for owner, found in periods.items()]
    if not notes:
        return ""
    return f"({'Source: ' if any(periods) else ''}{'; '.join(notes)})"


def _closed(part: str, *, source: str, link: str, tag: str) -> str:
    """The part with source, link and hashtag in their places."""
    match = _TAIL.search(part)
    body = part[: match.start()] if match else part
    tail = part[match.start() :].strip() if match else ""
    gap = part[match.start() : len(part) - len(part[match.start() :].lstrip())] if match else "\n\n"
    body = f"{body} {source}".strip() if source else body
    tail = " ".join(filter(None, (link, tail, tag)))
    return unicodedata.normalize("NFC", f"{body}{gap or chr(10) * 2}{tail}" if body and tail else body or tail)
