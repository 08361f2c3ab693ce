"""Captions of a clip: WebVTT or SubRip read into cues, checked, and written again in one plain form. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bfbot.errors import ContentRefused

MOST_BYTES = 500_000
MOST_CUES = 5_000
TOLERANCE = 500
"""Milliseconds by which the last caption may outlast the clip: players round."""

_TIME = r"(?:(?P<{0}h>\d{{1,4}}):)?(?P<{0}m>[0-5]\d):(?P<{0}s>[0-5]\d)[.,](?P<{0}f>\d{{3}})"
_TIMES = re.compile(rf"\s*{_TIME.format('a')}\s*-->\s*{_TIME.format('z')}(?:\s.*)?", re.ASCII)
_NOT_SAID = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t:].*)?")
_SPEAKER = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"<[^>]*>")
_MEND = "Mend the file, or save it again as WebVTT (.vtt) or SubRip (.srt)."


@dataclass(frozen=True)
class Cue:
    """What is said or heard from `start` to `end`, both in milliseconds from the clip's beginning."""

    start: int
    end: int
    text: str


def read_captions(data: bytes) -> tuple[Cue, ...]:
    """The cues of a .vtt or .srt file, told apart by what stands in it. Markup goes, a speaker's name stays.

    Raises ContentRefused with the line for what is not well-formed, runs backwards or says nothing.
    """
    if len(data) > MOST_BYTES:
        raise _refused(f"The captions have {len(data):,} bytes.", f"Give a file of at most {MOST_BYTES:,}.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused("The captions are not written in UTF-8.", "Save them again as UTF-8.") from error
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    film_text = re.match(r"WEBVTT(?:[ \t].*)?$", lines[0]) is not None
    cues = tuple(_cues(_blocks(lines, after=1 if film_text else 0), film_text))
    if not cues:
        raise _refused("No caption stands in the file.")
    return cues


def in_time(cues: Iterable[Cue], milliseconds: int) -> None:
    """Raises ContentRefused where a caption begins or ends after the clip has ended."""
    last = max(one.end for one in cues)
    if last > milliseconds + TOLERANCE:
        raise _refused(
            f"The captions go on until {clock(last)}, and the clip ends at {clock(milliseconds)}.",
            "Name the captions that belong to this clip, in its own time.",
        )


def as_webvtt(cues: Iterable[Cue]) -> str:
    """The one form in which they are kept, signed and handed on."""
    blocks = [f"{_stamp(one.start)} --> {_stamp(one.end)}\n{html.escape(one.text, quote=False)}\n" for one in cues]
    return "\n".join(["WEBVTT\n", *blocks])


def spoken(cues: Iterable[Cue]) -> str:
    """What they say, a line each, without times; what is said twice in a row stands once."""
    said: list[str] = []
    for one in cues:
        line = " ".join(one.text.split())
        if not said or said[-1] != line:
            said.append(line)
    return "\n".join(said)


def clock(milliseconds: int) -> str:
    """`0:07`, `12:30`, `1:02:03`: a length as people read it, whole seconds."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _blocks(lines: list[str], after: int) -> Iterator[list[tuple[int, str]]]:
    """Lines that stand together, each with its number; the rest of a WebVTT head is one of them."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines[after:], after + 1):
        if line.strip():
            block.append((number, line))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _cues(blocks: Iterable[list[tuple[int, str]]], film_text: bool) -> Iterator[Cue]:
    before, count = 0, 0
    for block in blocks:
        number, first = block[0]
        if film_text and (_NOT_SAID.fullmatch(first) or (count == 0 and not _timed(block) and _is_head(block))):
            continue
        at = next((place for place, (_, line) in enumerate(block[:2]) if "-->" in line), None)
        if at is None:
            raise _refused(f"Line {number} of the captions: a caption without its times.")
        number, times = block[at]
        found = _TIMES.fullmatch(times)
        if found is None:
            raise _refused(f"Line {number} of the captions: “{times.strip()[:40]}” are no times.")
        start, end = _moment(found, "a"), _moment(found, "z")
        if end <= start:
            raise _refused(f"Line {number} of the captions: it ends before it begins.")
        if start < before:
            raise _refused(f"Line {number} of the captions: it begins before the one above it.")
        text = _plain(line for _, line in block[at + 1 :])
        if not text:
            raise _refused(f"Line {number} of the captions: nothing is said there.")
        before, count = start, count + 1
        if count > MOST_CUES:
            raise _refused(f"There are more than {MOST_CUES:,} captions.", "Leave some out.")
        yield Cue(start, end, text)


def _timed(block: list[tuple[int, str]]) -> bool:
    return any("-->" in line for _, line in block[:2])


def _is_head(block: list[tuple[int, str]]) -> bool:
    """`Kind: captions` and the like, right under the first line."""
    return block[0][0] == 2 and all(":" in line for _, line in block)


def _moment(found: re.Match[str], side: str) -> int:
    hours, minutes, seconds = (int(found[f"{side}{unit}"] or 0) for unit in "hms")
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(found[f"{side}f"])


def _plain(lines: Iterable[str]) -> str:
    kept = []
    for line in lines:
        said = html.unescape(_TAG.sub("", _SPEAKER.sub(r"\1: ", line)))
        said = " ".join("".join(one if one.isprintable() else " " for one in said).split())
        if said:
            kept.append(said)
    return "\n".join(kept)


def _stamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _refused(what: str, mend: str = _MEND) -> ContentRefused:
    return ContentRefused(what, mend=mend)
