"""Alt text: what somebody who cannot see the picture or the clip is told instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.domain.proof import MediaProof
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT, pictures, plain

GUIDANCE = "GOV.UK guidance on accessible social media: every picture has alt text that says what matters in it"

_FILE_NAME: Final = re.compile(
    r"\S+\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|heic|avif|pdf|mp4|mov)"
    r"|(?:img|dsc[nfi]?|dcim|image|picture|photo|screen ?shot|whatsapp (?:image|video)|untitled|scan|card|pxl)"
    r"[ _-]*\(?\d[\d _:.()at-]*"
    r"|[\w-]+[_-](?:png|jpe?g|gif|webp|svg|bmp|tiff?|heic|avif|mp4|mov)"
)
_NOTHING: Final = re.compile(
    r"(?:an? |the )?(?:alt(?:ernative)?(?: ?text)?|photo(?:graph)?|picture|pic|image|graphic|logo|banner|untitled|"
    r"screenshot|description|caption|n ?/? ?a|none|nil|tb[cda]|todo|xx+|placeholder|delwedd|llun|testun amgen)"
)
_OPENING: Final = re.compile(
    r"\W*(?:an? |the |this is an? )?(?:(?:close-?up|black and white|black-and-white|colou?r|stock|group|aerial) )?"
    r"(?:image|picture|pic|photo|photograph|graphic|screenshot)s? ?"
    r"(?:of|showing|shows?|that shows?|with|depicting)\b"
    r"|\W*(?:an? |the )?(?:image|picture|pic|photo|photograph|graphic|screenshot)s?(?: ?[:.–—]| - )"
    r"|\W*(?:delwedd|llun|ffotograff)(?:au)? (?:o|yn dangos)\b"
)
_FILE_INSIDE: Final = re.compile(r"(?:.*[\\/])?[^\\/]+\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|heic|avif|mp4|mov)")


def is_file_name(alt: str) -> bool:
    """Whether the alt text is nothing but the name a camera or a computer gave the picture."""
    shown = re.sub(r" ?\. ?(?=[a-z0-9]{3,4}$)", ".", plain(alt)).strip(" .\"'“”")
    return bool(_FILE_NAME.fullmatch(shown) or (_FILE_INSIDE.fullmatch(shown) and len(shown.split()) <= 5))


def _missing(case: Case) -> Iterator[Finding]:
    for account, media in pictures(case):
        if not any(one.isalnum() for one in plain(media.alt)):
            yield Finding(
                PRESENT.id,
                Level.REFUSE,
                f"A {media.word} ({_size(media)}) has no alt text.",
                f"Say in a sentence what the {media.word} tells, with the figures that stand in it.",
                account=account,
            )


def _empty_words(case: Case) -> Iterator[Finding]:
    for account, media in pictures(case):
        opening = _OPENING.match(plain(media.alt))
        if is_file_name(media.alt):
            problem = f"The alt text “{media.alt.strip()}” is the name of a file."
        elif _NOTHING.fullmatch(plain(media.alt).strip(" .\"'“”()[]")):
            problem = f"The alt text “{media.alt.strip()}” says nothing of the picture."
        elif opening:
            start = media.alt.strip()[: opening.end()]
            problem = f"The alt text starts with “{start}”; a screen reader says that already."
        else:
            continue
        yield Finding(
            MEANT.id,
            Level.REFUSE,
            problem,
            "Start with what is to be seen, with the figures that stand in it.",
            account=account,
        )


def _too_long(case: Case) -> Iterator[Finding]:
    for account, proof in case.proofs.items():
        limits = case.limits.get(account)
        for media in (one for part in proof.parts for one in part.media):
            if limits is not None and len(media.alt) > limits.alt:
                yield Finding(
                    FITS.id,
                    Level.REFUSE,
                    f"The alt text “{media.alt[:40].strip()}…” has {len(media.alt):,} characters; "
                    f"{case.network(account)} takes {limits.alt:,}.",
                    f"Shorten it by {len(media.alt) - limits.alt:,}.",
                    account=account,
                )


def _size(media: MediaProof) -> str:
    return f"{media.width} by {media.height}"


PRESENT = Rule(
    "alt-missing",
    "Every picture has alt text",
    GUIDANCE,
    "Describe each picture for people who cannot see it.",
    CONTENT,
    _missing,
)
MEANT = Rule(
    "alt-words",
    "Alt text says what matters",
    GUIDANCE,
    "Write what the picture tells, not its file name and not “image of”.",
    CONTENT,
    _empty_words,
)
FITS = Rule(
    "alt-length",
    "Alt text fits the network",
    "The network's own documentation of alt text",
    "Keep the alt text within the number of characters that the network takes.",
    CONTENT,
    _too_long,
)
