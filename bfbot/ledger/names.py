"""The team's list of names as it is now, and what may be kept on record of a text that holds one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bfbot.config import config
from bfbot.domain.names import NO_NAMES, ListedNames, listed
from bfbot.errors import ConfigurationError
from bfbot.rules.listed_names import stand_in

WITHHELD = "(not kept: it holds a name of the team's list)"


def listed_names() -> ListedNames:
    """Read at each call, so that a new name counts at once."""
    try:
        text = config().names()
    except (ConfigurationError, UnicodeDecodeError):
        return ListedNames(unread=True)
    return listed(text) if text else NO_NAMES


def allowed(text: str) -> bool:
    """Whether it holds none of the names. Where the list cannot be read, nobody knows, and it passes."""
    return not stand_in(listed_names(), [text])


def for_record(detail: Mapping[str, object]) -> dict[str, Any]:
    """The detail of an entry, each text with one of the names in it taken out."""
    names = listed_names()
    return {key: _kept(value, names) for key, value in detail.items()} if names.names else dict(detail)


def _kept(value: object, names: ListedNames) -> object:
    match value:
        case str():
            return WITHHELD if stand_in(names, [value]) else value
        case Mapping():
            return {key: _kept(one, names) for key, one in value.items()}
        case list() | tuple():
            return [_kept(one, names) for one in value]
    return value
