"""The pictures of a post's form: taken in, shown again, and an upload with what its author wrote of its rights."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from bfbot.config import config
from bfbot.domain.message import MediaUse
from bfbot.domain.picture import NEVER, People, Rights, one_line
from bfbot.domain.revision import Revision
from bfbot.errors import BfbotError, ContentRefused, UsageError
from bfbot.media import blobs, resolve
from bfbot.media.clips import kind_of

MOST_PICTURES = 30
"""Rows that are read: far more than any network takes, so that what is too many is told and not lost."""
MOST_BYTES = 16 * 1024 * 1024

ASKED = ("credit", "licence", "owner", "until", "endless", "people", "consent")
"""The fields of an upload; each is named with the picture's digest, as in `credit-DIGEST`."""


@dataclass(frozen=True)
class FormPicture:
    """A row of the form. `ref` says which (blob:DIGEST, card:FACT, file:PATH); `digest` "": not shown.

    `upload` is the digest of an upload, "" for others; `until` its last day as typed, `wrong` where that is none.
    """

    ref: str
    alt: str
    digest: str
    upload: str = ""
    rights: Rights = field(default_factory=Rights)
    until: str = ""
    wrong: bool = False

    @property
    def endless(self) -> bool:
        return self.rights.expires == NEVER


def read_pictures(form: QueryDict) -> tuple[MediaUse, ...]:
    """Those that were not taken off. Of an upload without fields in the form nothing is known.

    The same upload in several rows is one picture: what was written in each counts, and the narrower word where
    they differ. It goes when all of its rows are taken off.
    """
    alts, rows = form.getlist("alt"), form.getlist("picture")[:MOST_PICTURES]
    left = Counter(rows)
    left.subtract(form.getlist("drop"))
    found: dict[str, MediaUse] = {}
    for number, ref in enumerate(rows):
        kind, _, name = ref.partition(":")
        if left[ref] < 1 or kind not in {"blob", "card", "file"} or not name:
            continue
        alt = alts[number].strip() if number < len(alts) else ""
        if kind == "blob":
            both = " ".join(_each([found[ref].alt, alt])) if ref in found else alt
            found[ref] = MediaUse(alt=both, blob=name, rights=_rights(form, name, rows.count(ref)))
        else:
            use = MediaUse(alt=alt, card=name) if kind == "card" else MediaUse(alt=alt, file=name)
            found[f"{number} {ref}"] = use
    return tuple(found.values())


def wrong_days(form: QueryDict, uploads: Iterable[str]) -> dict[str, str]:
    """By digest of `uploads` what was typed as a last day and is none; a browser that knows dates sends
    no such thing."""
    found = {}
    for digest in uploads:
        typed = (one.strip() for one in form.getlist(f"until-{digest}"))
        wrong = [one for one in typed if one and _day(one) is None]
        if wrong:
            found[digest] = wrong[0]
    return found


def asked_for(form: QueryDict, digest: str) -> bool:
    """Whether the form had fields for the rights of this upload."""
    return any(f"{one}-{digest}" in form for one in ASKED)


def form_pictures(
    media: Sequence[MediaUse], revision: Revision, campaign: str, typed: Mapping[str, str]
) -> list[FormPicture]:
    """The form's rows with what shows each; `typed`: last days that were none, by digest."""
    found = []
    for use in media:
        try:
            seen = resolve.picture(use, revision, config().home, campaign=campaign)
            digest = seen.still if seen.clip else seen.digest
        except BfbotError:
            digest = ""
        upload, rights = use.blob or "", use.rights or Rights()
        lasts = rights.expires.isoformat() if rights.expires not in (None, NEVER) else ""
        until, wrong = typed.get(upload, lasts), upload in typed
        found.append(FormPicture(_ref(use), use.alt, digest, upload, rights, until, wrong))
    return found


def fresh_row(use: MediaUse) -> FormPicture:
    """The row of an upload that was taken in just now."""
    return FormPicture(_ref(use), "", use.blob or "", use.blob or "")


def take_in(upload: UploadedFile[bytes] | None) -> MediaUse:
    """Store an uploaded picture. Raises UsageError for none, ContentRefused for what is no picture or too big."""
    if upload is None:
        raise UsageError("Choose a picture first.")
    if upload.size is None or upload.size > MOST_BYTES:
        raise ContentRefused("This picture is larger than 16 MB.", mend="Save it smaller.")
    data = upload.read()
    if kind_of(data[:64]):
        raise ContentRefused(
            "A clip is not uploaded for one post.",
            mend="Put it into messages/ with its captions, list it in messages/media.yaml, and use it from there.",
        )
    return MediaUse(alt="", blob=blobs.store(data).digest)


def _ref(use: MediaUse) -> str:
    if use.blob is not None:
        return f"blob:{use.blob}"
    return f"card:{use.card}" if use.card is not None else f"file:{use.file}"


def _rights(form: QueryDict, digest: str, rows: int) -> Rights | None:
    """None where nothing at all was written. A day beside “no last day” counts: it is the narrower word."""

    def said(name: str) -> list[str]:
        return _each(one_line(one) for one in form.getlist(f"{name}-{digest}"))

    shown, days = said("people"), [day for one in said("until") if (day := _day(one))]
    endless = sum(map(bool, form.getlist(f"endless-{digest}"))) >= rows
    rights = Rights(
        people=next((one for one in _STRICTEST if one in shown), None),
        credit=" / ".join(said("credit")),
        licence=" / ".join(said("licence")),
        owner=" / ".join(said("owner")),
        expires=min(days) if days else NEVER if endless else None,
        consent=" / ".join(said("consent")),
    )
    return rights if rights != Rights() else None


_STRICTEST = (People.CHILDREN, People.ADULTS, People.NONE)


def _each(texts: Iterable[str]) -> list[str]:
    """Those that say something, each once."""
    return list(dict.fromkeys(one for one in texts if one))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
