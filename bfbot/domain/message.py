"""What the campaign has to say: messages ("evergreen posts" on the screen), asks, pictures, release templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bfbot.domain.picture import People, Quote, Rights
from bfbot.domain.yearly import Yearly


class Kind(StrEnum):
    STATISTIC = "statistic"
    ASK = "ask"
    ACTION = "action"
    VIDEO = "video"
    CASE_STUDY = "case-study"
    EVENT = "event"


VIDEO = (".mp4", ".mov", ".m4v", ".webm", ".avi", ".mkv", ".mpg", ".mpeg", ".ogv")
"""How the files of films end."""
CAPTIONS = (".vtt", ".srt")


@dataclass(frozen=True)
class MediaUse:
    """A picture as a message uses it: a card drawn from a fact, or a file of messages/, with its alt text.

    Exactly one of `card` (a fact's id), `file` (path below messages/) and `blob` (digest of an upload) is set.
    A video names its `captions`, a file below messages/ too. `rights` belong to an upload: those of a file stand
    in the library.
    """

    alt: str
    card: str | None = None
    file: str | None = None
    blob: str | None = None
    captions: str | None = None
    rights: Rights | None = None

    @property
    def video(self) -> bool:
        """Whether its file is named as a film is."""
        return (self.file or "").lower().endswith(VIDEO)


@dataclass(frozen=True)
class Ask:
    """A demand on government, by version; a later version supersedes an earlier one."""

    id: str
    campaign: str
    version: str
    addressed_to: str
    text: str
    status: str  # current | superseded | expired
    lobbying: bool = False
    until: date | None = None


@dataclass(frozen=True)
class Message:
    """One thing to say again and again. `text` may hold {fact:id}, {period:id}, {source:id}, {link}, {hashtag}.

    `variants` maps a platform's name to its own text. `rest_days`: how long it rests on an account after use.
    `asks` names the asks it makes; `lobbying` marks a call on politicians. `language`: en | cy, "" for the
    campaign's own; `pair` is the message that says the same in the other one. `when`: the day or month of each
    year that it is about; on that very day it takes any posting time of its campaign. `people`: of whom it
    tells, None where nobody wrote it down; `consent` is the id of theirs, `quote` what somebody says in it.
    """

    id: str
    kind: Kind
    campaign: str
    pillar: str
    text: str
    variants: Mapping[str, str] = field(default_factory=dict)
    media: tuple[MediaUse, ...] = ()
    link: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    rest_days: int = 21
    asks: tuple[str, ...] = ()
    lobbying: bool = False
    language: str = ""
    pair: str = ""
    when: Yearly | None = None
    people: People | None = None
    consent: str = ""
    quote: Quote | None = None


@dataclass(frozen=True)
class ReleaseTemplate:
    """How a release is worded: {title}, {link}, {hashtag}, {summary}; by platform, else `text`."""

    id: str
    campaign: str
    text: str
    variants: Mapping[str, str] = field(default_factory=dict)
