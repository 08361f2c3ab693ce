"""A film says nothing to those who cannot hear it, unless it has captions."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level
from bfbot.domain.message import CAPTIONS
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT

GUIDANCE = "Public Sector Bodies Accessibility Regulations 2018 (WCAG 2.2, 1.2.2): recorded video has captions"


def _without(case: Case) -> Iterator[Finding]:
    """The library's files are judged by their names, what is stored by its type."""
    filmed = [one for one in case.post.wording.media if one.video]
    silent = [one for one in filmed if not (one.captions or "").strip()]
    stored = any(
        media.mime.startswith("video/")
        for proof in case.proofs.values()
        for part in proof.parts
        for media in part.media
    )
    if stored and not filmed:
        yield _finding("A video has no captions.")
    for one in silent:
        yield _finding(f"The video “{one.file}” has no captions.")
    for one in filmed:
        if one.captions and not one.captions.strip().lower().endswith(CAPTIONS):
            yield _finding(f"“{one.captions}” is no file of captions.")


def _finding(problem: str) -> Finding:
    return Finding(
        CAPTIONED.id,
        Level.REFUSE,
        problem,
        "Write down what is said and heard in it, and name that file (.vtt or .srt) as captions: with the video.",
    )


CAPTIONED = Rule(
    "captions",
    "Video has captions",
    GUIDANCE,
    "Give every video its captions as a .vtt or .srt file.",
    CONTENT,
    _without,
)
