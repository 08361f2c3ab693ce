"""Pictures and clips of the library with their rights, and consents: references to records kept elsewhere."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bfbot.domain.proof import MIDDLE

NEVER = date.max
"""Rights that somebody wrote down as without an end."""

LONGEST = 300
"""Letters of a credit, a licence or an owner beside an upload: an approver has to read them."""

ENDING = 30
"""Days ahead at which the team is told that rights or a consent end."""


class People(StrEnum):
    """Who can be recognised."""

    NONE = "none"
    ADULTS = "adults"
    CHILDREN = "children"


class Use(StrEnum):
    """What somebody agreed to."""

    STORY = "story"
    PICTURE = "picture"
    NAME = "name"


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What the team may do with a picture or clip.

    `people`: who can be recognised in it, None where nobody said. `expires`: the last day of its rights; None
    where nobody wrote one, NEVER where they have no end. `consent` is the id of one, "" for none.
    """

    people: People | None = None
    credit: str = ""
    licence: str = ""
    owner: str = ""
    expires: date | None = None
    consent: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not written down, by its keys. A consent is asked for elsewhere: not every picture needs one."""
        told = {
            "credit": _says_something(self.credit),
            "licence": _says_something(self.licence),
            "owner": _says_something(self.owner),
            "expires": self.expires is not None,
            "people": self.people is not None,
        }
        return tuple(name for name, there in told.items() if not there)

    @property
    def shows_somebody(self) -> bool:
        return self.people in (People.ADULTS, People.CHILDREN)

    def ends_by(self, day: date) -> bool:
        """Whether its last day is `day` or earlier."""
        return self.expires is not None and self.expires <= day


def one_line(typed: str) -> str:
    """What somebody typed about rights as one line of what can be seen: no control characters, and none that turn
    the reading around, so that nobody reads another thing than what is kept."""
    seen = (one for one in typed if one.isspace() or unicodedata.category(one) not in _UNSEEN)
    return " ".join("".join(seen).split())


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def _says_something(text: str) -> bool:
    """A dash, a question mark or a character that nobody sees says nothing."""
    return any(one.isalnum() for one in text)


@dataclass(frozen=True, kw_only=True)
class Picture(Rights):
    """A file below messages/ with its rights.

    `focal`: what must stay in sight when a network crops it, as shares of width and height from the top left
    corner. `captions` is the file of a clip's; `captions_in_picture`: they can be read in it, too.
    """

    id: str
    file: str
    people: People
    alt: str = ""
    focal: tuple[float, float] = MIDDLE
    captions: str | None = None
    captions_in_picture: bool = False

    @property
    def word(self) -> str:
        """A clip is never without captions."""
        return "clip" if self.captions else "picture"


@dataclass(frozen=True)
class Consent:
    """That somebody agreed: a number, no name. What was signed lies with the team, outside these files.

    `channels`: networks, or ids of accounts. `given_by` is a role. `expires` is the last day on which it holds.
    """

    id: str
    scope: frozenset[Use]
    campaigns: tuple[str, ...]
    channels: tuple[str, ...]
    given_by: str
    recorded_on: date
    expires: date
    withdrawn: date | None = None


@dataclass(frozen=True)
class Quote:
    """Words said by somebody of the register (`by`: an id there)."""

    by: str
    words: str


def focal_of(pictures: Iterable[Picture], file: str | None) -> tuple[float, float]:
    """What stays in sight of a file below messages/ when it is cropped: its middle, where nobody says what."""
    held = by_file(pictures, file)
    return held.focal if held is not None else MIDDLE


def cropped(
    width: int, height: int, focal: tuple[float, float], shape: tuple[int, int]
) -> tuple[int, int, int, int]:
    """The largest window of the shape (16, 9) in a picture that has the focal point as near its middle as may be.

    Left, top, width and height in pixels.
    """
    across, down = shape
    wide = min(width, height * across // down)
    high = min(height, width * down // across)
    left = min(max(round(width * focal[0] - wide / 2), 0), width - wide)
    top = min(max(round(height * focal[1] - high / 2), 0), height - high)
    return left, top, wide, high


def in_words(focal: tuple[float, float]) -> str:
    """`25% from the left, 30% from the top`."""
    return f"{focal[0]:.0%} from the left, {focal[1]:.0%} from the top"


def by_file(pictures: Iterable[Picture], file: str | None) -> Picture | None:
    """The entry of a file below messages/, however its path is written."""
    if not file:
        return None
    wanted = posixpath.normpath(file)
    return next((one for one in pictures if posixpath.normpath(one.file) == wanted), None)
