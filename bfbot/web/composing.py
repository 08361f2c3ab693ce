"""What a person typed into the form of a post, read once for preview, draft and submission."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.http import HttpRequest

from bfbot.domain.campaign import Campaign
from bfbot.domain.localtime import local, typed_time
from bfbot.domain.message import MediaUse
from bfbot.domain.post import Post, Wording
from bfbot.errors import BfbotError, UsageError
from bfbot.ledger import releases
from bfbot.web.form_pictures import asked_for, read_pictures, take_in, wrong_days
from bfbot.web.words import mend

LANGUAGES = ("en", "cy")


@dataclass
class Composed:
    """`text` and the like are as typed; `errors` are by field. `at` is aware, UTC.

    `asked_rights` are the uploads (digests) whose rights the form asked for; `wrong_days` what was typed as the
    last day of one of them and is none.
    """

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
    asked_rights: frozenset[str] = frozenset()
    wrong_days: dict[str, str] = field(default_factory=dict)

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
        media=read_pictures(form),
        when=form.get("when", "soon"),
        typed=form.get("at", "").strip(),
        language=form.get("language", "") if form.get("language", "") in LANGUAGES else "",
        pair=int(form.get("pair", "")) if re.fullmatch(r"[0-9]{1,9}", form.get("pair", "")) else None,
    )
    uploads = [one.blob for one in found.media if one.blob]
    found.wrong_days = wrong_days(form, uploads)
    found.asked_rights = frozenset(one for one in uploads if asked_for(form, one))
    _upload(request, found)
    _time(found, campaign, now)
    if found.wrong_days:
        found.errors["until"] = "The last day of a picture is written like 2027-12-31."
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
    """What the form did not ask is as it was: a language that goes without saying, captions, rights."""
    known = {(one.card, one.file, one.blob): one for one in post.wording.media}
    media = tuple(_unasked(one, known.get((one.card, one.file, one.blob)), filled) for one in filled.media)
    same = (filled.language or campaign.language) == (post.wording.language or campaign.language)
    return replace(filled, media=media, language=post.wording.language if same else filled.language)


def _unasked(one: MediaUse, before: MediaUse | None, filled: Composed) -> MediaUse:
    if before is None:
        return one
    return replace(
        one,
        captions=before.captions,
        rights=one.rights if one.blob in filled.asked_rights else before.rights,
    )


def _upload(request: HttpRequest, found: Composed) -> None:
    upload = request.FILES.get("upload")
    if upload is None:
        return
    try:
        use = take_in(upload)
    except BfbotError as error:
        found.errors["upload"] = str(error)
        return
    if use.blob in [one.blob for one in found.media]:
        return  # it stands there already, with what was written of it
    alt = request.POST.get("upload-alt", "").strip()
    found.media = (*found.media, MediaUse(alt=alt, blob=use.blob))


def _time(found: Composed, campaign: Campaign, now: datetime) -> None:
    if found.when != "at":
        found.at = now
        return
    try:
        found.at = typed_time(found.typed, campaign.zone) if found.typed else None
    except UsageError as error:
        found.errors["at"] = f"{error.message} {mend(error.mend)}"
        return
    if found.at is None:
        found.errors["at"] = "Choose a date and a time."
    elif found.at < now:
        found.errors["at"] = "This time has passed. Choose a later one."


def _lines(text: str) -> str:
    """Browsers send CR LF for every line's end."""
    return text.replace("\r\n", "\n").strip()
