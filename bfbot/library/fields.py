"""The single fields of the team's files: how each is written, and what is said of one written wrongly.

Every scalar comes as the text that stands in the file.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STEPS = {"s": 1, "min": 60, "h": 3600, "hour": 3600, "hours": 3600, "day": 86400, "days": 86400}
# Zero-width space, direction overrides, word joiner, byte order mark: what a reader cannot see and never needs.
# Joiners, tags and direction marks stay: emoji, flags and some scripts are made with them (rules judge them).
_HIDDEN = re.compile("[\u200b\u202a-\u202e\u2060-\u2064\ufeff]")


def wrong(what: str, mend: str) -> PydanticCustomError:
    """A fault of form in our own words; `mend` reaches the Fault by the error's context."""
    return PydanticCustomError("bfbot", "{what}", {"what": what, "mend": mend})


def _text(value: object) -> object:
    if not isinstance(value, str):
        return value
    for character in value:
        if (unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t") or _HIDDEN.match(
            character
        ):
            raise wrong(f"An invisible character (U+{ord(character):04X}) stands in this text.", "Delete it.")
    return unicodedata.normalize("NFC", value).strip()


def _slug(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value):
        raise wrong(
            f"“{value[:60]}” is no id.", "Use small letters, digits and single hyphens, like morning-slot."
        )
    return value


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise wrong(f"“{value[:30]}” is no date.", "Write it like 2026-11-23.") from None
    return value


def _clock(value: object) -> object:
    if isinstance(value, str):
        try:
            if not re.fullmatch(r"\d{1,2}:\d{2}", value):
                raise ValueError
            return time.fromisoformat(value.zfill(5))
        except ValueError:
            raise wrong(f"“{value[:30]}” is no time of day.", 'Write it like "08:30".') from None
    return value


def duration(text: str) -> timedelta:
    """`30 s`, `15 min`, `2 h`, `3 days`; up to a year."""
    match = re.fullmatch(r"(\d{1,6})\s*(s|min|h|hours?|days?)", text.strip())
    length = timedelta(seconds=int(match[1]) * _STEPS[match[2]]) if match else timedelta(0)
    if not timedelta(0) < length <= timedelta(days=366):
        raise wrong(f"“{text[:30]}” is no length of time.", "Write it like 15 min, 2 h or 3 days.")
    return length


BANK_HOLIDAY = 7
"""Stands among the days of the week (Monday is 0) for every bank holiday."""


def quiet_days(text: str) -> frozenset[int]:
    """As `days`, and `bank-holidays` among them or alone."""
    pieces = [one.strip() for one in text.split(",")]
    named = [one for one in pieces if one.casefold().replace("_", "-") not in {"bank-holidays", "bank-holiday"}]
    found = days(",".join(named)) if named else frozenset[int]()
    return found if len(named) == len(pieces) else found | {BANK_HOLIDAY}


def days(text: str) -> frozenset[int]:
    """`mon-fri`, `sat,sun`, `daily`, also round the week's end (`fri-mon`); Monday is 0."""
    if text.strip().casefold() == "daily":
        return frozenset(range(7))
    found: set[int] = set()
    for piece in text.split(","):
        first, _, last = piece.strip().casefold().partition("-")
        start = _weekday(first, text)
        end = _weekday(last, text) if last else start
        found.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return frozenset(found)


def _weekday(name: str, text: str) -> int:
    for names in (DAY_NAMES, _LONG_NAMES):
        if name.strip() in names:
            return names.index(name.strip())
    raise wrong(f"“{text[:40]}” names no days.", "Write daily, mon-fri, or names like mon,wed.")


def after(text: str) -> timedelta | None:
    """A feed's `publish`: None for `draft`, the cancel window for `after 15 min`."""
    if text.strip() == "draft":
        return None
    if not text.startswith("after "):
        raise wrong(f"“{text[:30]}” is no way to publish.", "Write draft, or after 15 min.")
    return duration(text.removeprefix("after "))


def _zone(value: object) -> object:
    if isinstance(value, str):
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise wrong(f"There is no time zone “{value[:40]}”.", "Give a name like Europe/London.") from None
    return value


def _web_address(value: object) -> object:
    if isinstance(value, str) and value:
        _refuse_address(value, {"http", "https"})
    return value


def _feed_address(value: object) -> object:
    if isinstance(value, str):
        if re.fullmatch(r"file:[\w.-]+\.xml", value):
            return value
        _refuse_address(value, {"http", "https"})
    return value


def _refuse_address(value: str, schemes: set[str]) -> None:
    """Without echo: an address may hold a password."""
    try:
        parts = urlsplit(value)
        host, login, _ = parts.hostname, parts.username or parts.password, parts.port
    except ValueError:
        host, login, parts = None, None, urlsplit("")
    if parts.scheme not in schemes or not host or re.search(r"\s", value):
        raise wrong("This is no web address.", "Write it like https://www.example.org/page.")
    if login:
        raise wrong("A name or password stands in this address.", "Take it out.")


def _hashtag(value: object) -> object:
    if isinstance(value, str) and (not re.fullmatch(r"\w{1,100}", value) or value.isdigit()):
        raise wrong("This is no hashtag.", "Write one word of letters and digits, without #.")
    return value


def _host(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+", value):
        raise wrong("This is no site.", "Write its name alone, like www.example.org.")
    return value


def _secret(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]{0,100}", value):
        raise wrong(
            "A secret is written in clear, or is not named in a way that bfbot knows.",
            "Write env:NAME here, set NAME in .env, and change the secret if this file was ever shared.",
        )
    return value


def shaped(**schema: str) -> WithJsonSchema:
    """How a field that is written as a text looks to an editor."""
    return WithJsonSchema({"type": "string", **schema})


Text = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=10_000)]
Words = Annotated[str, BeforeValidator(_text), Field(max_length=10_000)]
"""Text that may be empty."""
Name = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]
Id = Annotated[str, BeforeValidator(_slug), Field(min_length=1, max_length=60)]
Day = Annotated[date, BeforeValidator(_day)]
Clock = Annotated[time, BeforeValidator(_clock), shaped(pattern=r"^\d{1,2}:\d{2}$")]
_LENGTH = r"\d+ *(s|min|h|hours?|days?)"
Duration = Annotated[
    timedelta,
    BeforeValidator(lambda value: duration(value) if isinstance(value, str) else value),
    shaped(pattern=f"^{_LENGTH}$"),
]
Days = Annotated[
    frozenset[int],
    BeforeValidator(lambda value: days(value) if isinstance(value, str) else value),
    shaped(description="daily, mon-fri, or names like mon,wed"),
]
QuietDays = Annotated[
    frozenset[int],
    BeforeValidator(lambda value: quiet_days(value) if isinstance(value, str) else value),
    shaped(description="daily, mon-fri, names like mon,wed, or bank-holidays, alone or among them"),
]
Publish = Annotated[
    timedelta | None,
    BeforeValidator(lambda value: after(value) if isinstance(value, str) else value),
    shaped(pattern=f"^(draft|after {_LENGTH})$"),
]
Zone = Annotated[str, BeforeValidator(_zone), Field(max_length=80)]
WebAddress = Annotated[str, BeforeValidator(_web_address), Field(max_length=2000)]
FeedAddress = Annotated[str, BeforeValidator(_feed_address), Field(max_length=2000)]
Hashtag = Annotated[str, BeforeValidator(_hashtag)]
Host = Annotated[str, BeforeValidator(_host), Field(max_length=253)]
Secret = Annotated[str, BeforeValidator(_secret)]
