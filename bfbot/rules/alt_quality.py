"""Alt text that is there and still tells little: too short, too long, shouted, said twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.domain.proof import MediaProof
from bfbot.rules.alt_text import GUIDANCE, is_file_name
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT, HASHTAG, LINK, pictures, plain, unhidden

FEWEST_WORDS: Final = 3
MOST: Final = 300  # characters: a screen reader cannot skip back inside an alt text
LETTERS: Final = 8  # fewer capitals may be an abbreviation


def _length(case: Case) -> Iterator[Finding]:
    for account, media in pictures(case):
        seen = " ".join(unhidden(media.alt).split())
        words = sum(any(one.isalnum() for one in word) for word in seen.split())
        if not words or is_file_name(media.alt):
            continue  # refused already
        if words < FEWEST_WORDS:
            problem, mend = (
                f"The alt text “{seen}” is very short.",
                "Say what matters in the picture, in a sentence.",
            )
        elif len(seen) > MOST:
            problem = f"The alt text “{seen[:40]} …” has {len(seen)} characters."
            mend = (
                f"Say the main thing in {MOST} or fewer; a long description belongs on the page behind the link."
            )
        else:
            continue
        yield Finding(LENGTH.id, Level.WARN, problem, mend, account=account)


def _shouted(case: Case) -> Iterator[Finding]:
    for account, media in pictures(case):
        seen = unhidden(media.alt)
        letters = [one for one in seen if one.isalpha()]
        if len(letters) >= LETTERS and all(one.isupper() for one in letters):
            yield Finding(
                CAPITALS.id,
                Level.WARN,
                f"The alt text “{' '.join(seen.split())[:40]}” is all in capitals.",
                "Write it as a sentence: a screen reader may spell capitals out one by one.",
                account=account,
            )


def _twice(case: Case) -> Iterator[Finding]:
    """The same words again, be they those of the post or of another picture."""
    for account, proof in case.proofs.items():
        if not any(part.media for part in proof.parts):
            continue
        said = {_bare(one) for one in {proof.text, *(part.text for part in proof.parts)}}
        before: dict[str, MediaProof] = {}
        for media in (one for part in proof.parts for one in part.media):
            words = _bare(media.alt)
            if not words:
                continue
            if words in said:
                problem = f"The alt text “{media.alt.strip()[:40]}” repeats the text of the post."
                mend = "Say what the picture shows; the text is read out already."
            elif words in before and before[words].digest != media.digest:
                problem = f"Two pictures have the same alt text, “{media.alt.strip()[:40]}”."
                mend = "Say of each what it shows."
            else:
                before[words] = media
                continue
            yield Finding(REPEATED.id, Level.WARN, problem, mend, account=account if len(case.proofs) > 1 else "")


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    """Its letters and figures alone, without links and hashtags."""
    text = HASHTAG.sub(" ", LINK.sub(" ", unhidden(text)))
    return "".join(one for one in plain(text) if one.isalnum())


LENGTH = Rule(
    "alt-short-or-long",
    "Alt text of a sentence or two",
    GUIDANCE,
    "Write between three words and 300 characters.",
    CONTENT,
    _length,
)
CAPITALS = Rule(
    "alt-capitals",
    "Alt text in small letters",
    GUIDANCE,
    "Write alt text as a sentence, not in capitals.",
    CONTENT,
    _shouted,
)
REPEATED = Rule(
    "alt-repeated",
    "Alt text says something of its own",
    GUIDANCE,
    "Say what each picture shows, neither the post's own words nor those of another picture.",
    CONTENT,
    _twice,
)
