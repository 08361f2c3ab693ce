"""What a person typed into the form of a post, read once for preview, draft and submission."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from bfbot.config import config
from bfbot.domain.campaign import Campaign
from bfbot.domain.localtime import local, typed_time
from bfbot.domain.message import MediaUse
from bfbot.domain.post import Post, Wording
from bfbot.domain.revision import Revision
from bfbot.errors import BfbotError, ContentRefused, UsageError
from bfbot.ledger import releases
from bfbot.media import blobs, resolve
from bfbot.media.clips import kind_of

LANGUAGES = ("en", "cy")
MOST_PICTURES = 4
MOST_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Picture:
    """A picture of the form. `ref` says which (blob:DIGEST, card:FACT, file:PATH); `digest` "": not shown."""

    ref: str
    alt: str
    digest: str


@dataclass
class Composed:
    """`text` and the like are as typed; `errors` are by field. `at` is aware, UTC."""

    text: str = ""
    link: str = ""
    accounts: tuple[str, ...] = ()
    variants: dict[str, str] = field(default_factory=dict)
    media: tuple[MediaUse, ...] = ()
    when: str = "soon"
    typed: str = ""
    at: datetime | None = None
    errors: dict[str, str] = field(default_factory=dict)
    language: str = ""
    pair: int | None = None

    @property
    def wording(self) -> Wording:
        return Wording(
            text=self.text, variants=self.variants, media=self.media, link=self.link, language=self.language
        )

    def worded(self, wording: Wording) -> Composed:
        """The same form with other words in it."""
        return replace(self, text=wording.text, variants=dict(wording.variants), media=wording.media)


def read_form(request: HttpRequest, campaign: Campaign, now: datetime) -> Composed:
    """The form as posted, with a picture that was chosen just now already taken in."""
    form = request.POST
    found = Composed(
        text=_lines(form.get("text", "")),
        link=form.get("link", "").strip(),
        accounts=tuple(form.getlist("account")),
        variants={
            key.removeprefix("variant-"): _lines(str(value))
            for key, value in form.items()
            if key.startswith("variant-") and str(value).strip()
        },
        media=_pictures(form),
        when=form.get("when", "soon"),
        typed=form.get("at", "").strip(),
        language=form.get("language", "") if form.get("language", "") in LANGUAGES else "",
        pair=int(form.get("pair", "")) if re.fullmatch(r"[0-9]{1,9}", form.get("pair", "")) else None,
    )
    _upload(request, found)
    _time(found, campaign, now)
    if not found.text:
        found.errors["text"] = "A post needs words."
    if not found.accounts:
        found.errors["account"] = "Choose at least one account."
    if found.link and not found.link.startswith(("https://", "http://")):
        found.errors["link"] = "A link begins with https://."
    return found


def of_post(post: Post, zone: str) -> Composed:
    """The form filled with a post that is there; a release's words stand where its template had placeholders."""
    wording = post.wording
    words = {"title": "", "summary": ""}
    if post.release is not None:
        release = releases.get(post.release)
        words = {"title": release.title, "summary": release.summary}

    def filled(text: str) -> str:
        for name, said in words.items() if post.release is not None else ():
            text = text.replace(f"{{{name}}}", said)
        return text

    return Composed(
        text=filled(wording.text),
        link=wording.link,
        accounts=post.accounts,
        variants={name: filled(text) for name, text in wording.variants.items()},
        media=wording.media,
        when="at",
        typed=f"{local(post.scheduled_for, zone):%Y-%m-%dT%H:%M}",
        at=post.scheduled_for,
        language=wording.language,
    )


def other_language(post: Post, language: str, zone: str) -> Composed:
    """An empty text beside all that a post's version in `language` shares with it."""
    same = of_post(post, zone)
    media = tuple(replace(one, alt="") for one in same.media)
    return replace(same, text="", variants={}, media=media, language=language, pair=post.id)


def unchanged(filled: Composed, post: Post, campaign: Campaign) -> Composed:
    """What the form cannot show is as it was: a language that goes without saying, the captions of a video."""
    known = {(one.card, one.file, one.blob): one.captions for one in post.wording.media}
    media = tuple(replace(one, captions=known.get((one.card, one.file, one.blob))) for one in filled.media)
    same = (filled.language or campaign.language) == (post.wording.language or campaign.language)
    return replace(filled, media=media, language=post.wording.language if same else filled.language)


def pictures(media: Sequence[MediaUse], revision: Revision, campaign: str) -> list[Picture]:
    """The form's pictures with what shows them."""
    found = []
    for use in media:
        try:
            seen = resolve.picture(use, revision, config().home, campaign=campaign)
            digest = seen.still if seen.clip else seen.digest
        except BfbotError:
            digest = ""
        found.append(Picture(ref_of(use), use.alt, digest))
    return found


def ref_of(use: MediaUse) -> str:
    if use.blob is not None:
        return f"blob:{use.blob}"
    return f"card:{use.card}" if use.card is not None else f"file:{use.file}"


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


def _upload(request: HttpRequest, found: Composed) -> None:
    upload = request.FILES.get("upload")
    if upload is None:
        return
    try:
        use = take_in(upload)
    except BfbotError as error:
        found.errors["upload"] = str(error)
        return
    alt = request.POST.get("upload-alt", "").strip()
    found.media = (*found.media, MediaUse(alt=alt, blob=use.blob))


def _pictures(form: QueryDict) -> tuple[MediaUse, ...]:
    dropped = set(form.getlist("drop"))
    alts = form.getlist("alt")
    found = []
    for number, ref in enumerate(form.getlist("picture")[:MOST_PICTURES]):
        kind, _, name = ref.partition(":")
        if ref in dropped or kind not in {"blob", "card", "file"} or not name:
            continue
        alt = alts[number].strip() if number < len(alts) else ""
        found.append(MediaUse(alt=alt, **{kind: name}))
    return tuple(found)


def _time(found: Composed, campaign: Campaign, now: datetime) -> None:
    if found.when != "at":
        found.at = now
        return
    try:
        found.at = typed_time(found.typed, campaign.zone) if found.typed else None
    except UsageError as error:
        found.errors["at"] = str(error)
        return
    if found.at is None:
        found.errors["at"] = "Choose a date and a time."
    elif found.at < now:
        found.errors["at"] = "This time has passed. Choose a later one."


def _lines(text: str) -> str:
    """Browsers send CR LF for every line's end."""
    return text.replace("\r\n", "\n").strip()
