"""An upload that is a picture of the library's: it counts as that one, with its rights and its consent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bfbot.domain.message import VIDEO, MediaUse
from bfbot.domain.revision import Revision
from bfbot.errors import ContentRefused
from bfbot.media.resolve import picture


def refuse_copies(media: Sequence[MediaUse], revision: Revision, home: Path) -> None:
    """Raises ContentRefused for an upload of the very picture that the library has, so that nobody gets round its
    last day or its consent by uploading it."""
    uploads = {one.blob: one for one in media if one.blob is not None}
    if not uploads:
        return
    for one in revision.pictures.values():
        if one.file.lower().endswith(VIDEO):
            continue  # an upload is never a clip
        try:
            found = picture(MediaUse(alt="-", file=one.file), revision, home)
        except ContentRefused:
            continue  # the entry's file is not there, or is no picture
        if found.digest in uploads:
            raise ContentRefused(
                f"The picture “{uploads[found.digest].alt[:60]}” is “{one.id}” of your library.",
                mend="Take it from the library, so that its rights and consent count; or use another.",
            )
