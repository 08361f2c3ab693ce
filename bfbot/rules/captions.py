"""A film says nothing to those who cannot hear it, unless it has captions."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level
from bfbot.domain.message import CAPTIONS
from bfbot.domain.picture import Picture
from bfbot.rules.base import Case, Rule
from bfbot.rules.picture_rights import held
from bfbot.rules.reading import CONTENT, pictures

GUIDANCE = "Public Sector Bodies Accessibility Regulations 2018 (WCAG 2.2, 1.2.2): recorded video has captions"


def _without(case: Case) -> Iterator[Finding]:
    """The library's files are judged by their names, what is stored by its type."""
    filmed = [one for one in case.post.wording.media if one.video]
    silent = [one for one in filmed if not (one.captions or "").strip()]
    for one in silent:
        yield _finding(f"The video “{one.file}” has no captions.")
    if not silent and any(media.clip and not media.captions for _, media in pictures(case)):
        yield _finding("A video has no captions.")
    for one in filmed:
        if one.captions and not one.captions.strip().lower().endswith(CAPTIONS):
            yield _finding(f"“{one.captions}” is no file of captions.")


def _unseen(case: Case) -> Iterator[Finding]:
    """A network without a field for captions shows those that stand in the picture, or none."""
    for account, proof in case.proofs.items():
        limits = case.limits.get(account)
        if limits is None or limits.clips is None or limits.clips.captions:
            continue
        clips = [media for part in proof.parts for media in part.media if media.clip]
        in_picture = any(isinstance(one, Picture) and one.captions_in_picture for _, one in held(case))
        if clips and not in_picture:
            yield Finding(
                SHOWN.id,
                Level.REFUSE,
                f"{case.network(account)} takes no file of captions, so nobody would see those of "
                f"“{clips[0].alt[:60]}”.",
                "Use a version of the clip with its captions in the picture and write captions_in_picture: true "
                "beside it in messages/media.yaml; or leave this account out.",
                account=account,
            )


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
SHOWN = Rule(
    "captions-shown",
    "Captions reach whoever watches",
    GUIDANCE,
    "Where the network takes no file of captions, use a clip that has them in the picture, and say so in the "
    "library.",
    CONTENT,
    _unseen,
)
