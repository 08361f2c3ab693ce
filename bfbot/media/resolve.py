"""From a picture as a message names it to the stored bytes that a Proof holds."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from bfbot.domain.campaign import Campaign
from bfbot.domain.captions import Cue, read_captions
from bfbot.domain.fact import Fact
from bfbot.domain.message import MediaUse
from bfbot.domain.picture import focal_of
from bfbot.domain.proof import MediaProof
from bfbot.domain.revision import Revision
from bfbot.errors import ContentRefused
from bfbot.media import blobs, clip_preparing, clips
from bfbot.media.cards import card_svg
from bfbot.media.drawing import draw
from bfbot.media.files import read_plain


def picture(use: MediaUse, revision: Revision, home: Path, *, campaign: str = "") -> MediaProof:
    """The picture or clip with its alt text, stored in `home`/var/media. `home` is the workspace.

    What a file is, its content tells. The library says what stays in sight of it when it is cropped.

    A card is drawn in the colours of `campaign` (an id), else of the first campaign of the fact's owner.
    Raises ContentRefused when it does not exist or is no picture, BfbotError when it cannot be drawn; for a clip
    that is not there yet BeingPrepared, at once.
    """
    root = home / "var" / "media"
    if use.blob is not None:
        return blobs.describe(use.blob, root=root).proof(use.alt)
    if use.file is not None:
        path, focal = _file(use.file, home), focal_of(revision.pictures.values(), use.file)
        if clips.mime_of(path):
            return _clip(path, use, home, focal)
        return blobs.store(_read(path, use.file), root=root).proof(use.alt, focal)
    if use.card is not None:
        fact = _fact(use.card, revision)
        svg = card_svg(fact, _campaign(fact, revision, campaign))
        return blobs.store(draw(svg, root=root), root=root).proof(use.alt)
    raise ContentRefused("A picture of this post names neither card nor file.", mend="Name one of the two.")


def clips_among(media: Iterable[MediaUse], home: Path) -> list[Path]:
    """The files of those that are clips; what cannot be found or read is left out."""
    found = []
    for use in media:
        if use.file is not None:
            with suppress(ContentRefused):
                path = _file(use.file, home)
                if clips.mime_of(path):
                    found.append(path)
    return list(dict.fromkeys(found))


def captions_of(use: MediaUse, home: Path) -> tuple[Cue, ...]:
    """The captions that a clip names; none where it names none. Raises ContentRefused for a faulty file."""
    return read_captions(_read(_file(use.captions, home), use.captions)) if use.captions else ()


def _clip(path: Path, use: MediaUse, home: Path, focal: tuple[float, float]) -> MediaProof:
    root = home / "var" / "media"
    clip, cues = clip_preparing.ready(path, root=root), captions_of(use, home)
    if cues:
        clips.keep_captions(cues, clip, root=root)
    return clip.proof(use.alt, cues, focal)


def _file(name: str, home: Path) -> Path:
    """The way to a file below messages/; nothing outside it is read, whatever links lie on the way."""
    folder = (home / "messages").resolve()
    path = folder / name
    outside = ContentRefused(
        f"The picture “{name}” is not inside messages/.",
        mend="Copy it into messages/pictures/ and name it from there.",
    )
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise outside
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder):
            raise outside
    except (OSError, ValueError, RuntimeError) as error:
        raise _not_there(name) from error
    return real


def _read(path: Path, name: str) -> bytes:
    try:
        return read_plain(path)
    except OSError as error:
        raise _not_there(name) from error


def _not_there(name: str) -> ContentRefused:
    return ContentRefused(
        f"The picture “{name}” is not in messages/.", mend="Put the file there, or mend its name."
    )


def _fact(fact_id: str, revision: Revision) -> Fact:
    fact = revision.facts.get(fact_id)
    if fact is None:
        raise ContentRefused(
            f"There is no statistic “{fact_id}” to draw a card from.", mend="Mend the id in the post's picture."
        )
    return fact


def _campaign(fact: Fact, revision: Revision, campaign_id: str) -> Campaign:
    owned = [one for one in revision.campaigns.values() if one.owner == fact.owner]
    if campaign_id:
        owned = [one for one in revision.campaigns.values() if one.id == campaign_id]
    if not owned:
        raise ContentRefused(
            f"No campaign of {fact.owner} is there to draw the card “{fact.id}” for.",
            mend="Use a statistic of the campaign's own owner.",
        )
    return owned[0]
