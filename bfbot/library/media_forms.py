"""Forms of pictures, consents and quotes. A consent has no field into which a name would fit."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bfbot.domain.picture import NEVER, People, Use
from bfbot.library.fields import Day, Id, Name, Text, Words, shaped, wrong
from bfbot.library.form import Form


def _number(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"consent-\d{4}-\d{1,5}", value):
        raise wrong("This is no number of a consent.", "Write it like consent-2026-014, without anybody's name.")
    return value


def _end(value: object) -> object:
    return NEVER if value == "never" else value


ConsentId = Annotated[str, BeforeValidator(_number), shaped(pattern=r"^consent-\d{4}-\d{1,5}$")]
LastDay = Annotated[Day, BeforeValidator(_end), shaped(pattern=r"^(never|\d{4}-\d{2}-\d{2})$")]
Share = Annotated[float, Field(ge=0, le=1)]
Giver = Literal["the-person", "parent", "carer", "council", "employer", "agency"]


class PictureForm(Form):
    id: Id
    file: Name
    people: People
    credit: Words = ""
    licence: Words = ""
    owner: Words = ""
    expires: LastDay | None = None
    consent: ConsentId | None = None
    alt: Words = ""
    focal: Annotated[list[Share], Field(min_length=2, max_length=2)] = [0.5, 0.5]
    captions: Name | None = None
    captions_in_picture: bool = False


class ConsentForm(Form):
    id: ConsentId
    scope: Annotated[list[Use], Field(min_length=1)]
    campaigns: Annotated[list[Id], Field(min_length=1)]
    channels: Annotated[list[Id], Field(min_length=1)]
    given_by: Giver
    recorded_on: Day
    expires: Day
    withdrawn: Day | None = None


class QuoteForm(Form):
    by: Id
    words: Text
