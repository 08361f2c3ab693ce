"""Rights and consents that are missing, over, or over soon: warnings, ahead of the refusal of single posts."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bfbot.domain.captions import read_captions
from bfbot.domain.finding import Fault
from bfbot.domain.message import Kind
from bfbot.domain.picture import ENDING, NEVER, People
from bfbot.errors import ContentRefused
from bfbot.library.forms import Forms, Placed


def check_rights(forms: Forms, today: date) -> Iterator[Fault]:
    consents = {one.form.id: one.form for one in forms["consents"]}
    files = {posixpath.normpath(one.form.file) for one in forms["pictures"]}
    for one in forms["pictures"]:
        yield from _picture(one, today)
    for one in forms["consents"]:
        yield from _ending(one, one.form.expires, "The consent", today)
        if one.form.withdrawn:
            what = f"The consent “{one.form.id}” is withdrawn: what is live with it has to be deleted."
            yield one.fault("warning", "consent", what, f"See `bfbot consent show {one.form.id}`.", "withdrawn")
    for one in forms["messages"]:
        for number, media in enumerate(one.form.media):
            if media.file and posixpath.normpath(media.file) not in files:
                word = "clip" if media.captions else "picture"
                what = f"“{one.form.id}” is refused: nobody wrote down whose {word} “{media.file}” is."
                yield one.fault(
                    "warning", "media", what, "Add it to messages/media.yaml.", "media", number, "file"
                )
        if one.form.kind is Kind.CASE_STUDY and one.form.people is not People.NONE and not one.form.consent:
            what = f"“{one.form.id}” is refused: a case study without a consent."
            yield one.fault("warning", "consent", what, "Add consent: ID, or people: none if it tells of nobody.")
        if one.form.consent in consents and consents[one.form.consent].withdrawn:
            what = f"“{one.form.id}” is refused: its consent is withdrawn."
            yield one.fault("warning", "consent", what, "Take the evergreen post out.", "consent")


def check_clips(forms: Forms, read: Callable[[str], bytes], *, readable: bool) -> Iterator[Fault]:
    """Whether clips and their captions can be shown at all.

    `read` gives the bytes of a file below messages/; `readable`: the package that reads clips is installed.
    """
    for one in forms["pictures"]:
        if not one.form.captions:
            continue
        if not readable:
            what = f"The clip “{one.form.id}” cannot be read on this machine: posts that use it are refused."
            yield one.fault("warning", "media", what, "Run make clips in the folder of bfbot.", "file")
        try:
            read_captions(read(one.form.captions))
        except OSError:
            continue  # that it is not there is told elsewhere
        except ContentRefused as error:
            what = f"The captions of “{one.form.id}” cannot be used: posts with it are refused. {error.message}"
            yield one.fault("warning", "captions", what, error.mend, "captions")


def _picture(one: Placed, today: date) -> Iterator[Fault]:
    for key in ("credit", "licence", "owner", "expires"):
        if not getattr(one.form, key):
            what = f"The {_word(one)} “{one.form.id}” has no {key}: posts that use it are refused."
            mend = "Add expires: DATE, or expires: never." if key == "expires" else f"Add {key}:."
            yield one.fault("warning", "media", what, mend)
    if one.form.people is not People.NONE and not one.form.consent:
        what = (
            f"The {_word(one)} “{one.form.id}” shows people and names no consent: posts that use it are refused."
        )
        yield one.fault("warning", "consent", what, "Add consent: ID.", "people")
    if one.form.expires not in {None, NEVER}:
        yield from _ending(one, one.form.expires, f"The rights in the {_word(one)}", today)


def _word(one: Placed) -> str:
    return "clip" if one.form.captions else "picture"


def _ending(one: Placed, last: date, whose: str, today: date) -> Iterator[Fault]:
    if last <= today + timedelta(days=ENDING):
        word = "ended" if last < today else "end"
        if whose.endswith("consent"):
            word = "ended" if last < today else "ends"
        what = f"{whose} “{one.form.id}” {word} on {last:%-d %B %Y}."
        yield one.fault(
            "warning", "media", what, "Renew it with whoever gave it, or use something else.", "expires"
        )
