"""Rights and consents that are missing, over, or over soon: warnings, ahead of the refusal of single posts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from datetime import date, timedelta

from bfbot.domain.finding import Fault
from bfbot.domain.message import Kind
from bfbot.domain.picture import ENDING, NEVER, People
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
                what = f"“{one.form.id}” is refused: nobody wrote down whose picture “{media.file}” is."
                yield one.fault(
                    "warning", "media", what, "Add it to messages/media.yaml.", "media", number, "file"
                )
        if one.form.kind is Kind.CASE_STUDY and one.form.people is not People.NONE and not one.form.consent:
            what = f"“{one.form.id}” is refused: a case study without a consent."
            yield one.fault("warning", "consent", what, "Add consent: ID, or people: none if it tells of nobody.")
        if one.form.consent in consents and consents[one.form.consent].withdrawn:
            what = f"“{one.form.id}” is refused: its consent is withdrawn."
            yield one.fault("warning", "consent", what, "Take the evergreen post out.", "consent")


def _picture(one: Placed, today: date) -> Iterator[Fault]:
    for key in ("credit", "licence", "owner", "expires"):
        if not getattr(one.form, key):
            what = f"The picture “{one.form.id}” has no {key}: posts that use it are refused."
            mend = "Add expires: DATE, or expires: never." if key == "expires" else f"Add {key}:."
            yield one.fault("warning", "media", what, mend)
    if one.form.people is not People.NONE and not one.form.consent:
        what = f"The picture “{one.form.id}” shows people and names no consent: posts that use it are refused."
        yield one.fault("warning", "consent", what, "Add consent: ID.", "people")
    if one.form.expires not in {None, NEVER}:
        yield from _ending(one, one.form.expires, "The rights in the picture", today)


def _ending(one: Placed, last: date, whose: str, today: date) -> Iterator[Fault]:
    if last <= today + timedelta(days=ENDING):
        word = "ended" if last < today else "end"
        if whose.endswith("consent"):
            word = "ended" if last < today else "ends"
        what = f"{whose} “{one.form.id}” {word} on {last:%-d %B %Y}."
        yield one.fault(
            "warning", "media", what, "Renew it with whoever gave it, or use something else.", "expires"
        )
