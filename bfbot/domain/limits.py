"""What a network takes and gives, declared as data by its adapter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Idempotency(StrEnum):
    """What a second request with the same key does on this network."""

    KEY = "key"  # the network returns the first post
    CLIENT_ID = "client_id"  # the key is the post's own name: it is there already, for ever
    NONE = "none"


@dataclass(frozen=True)
class ClipLimits:
    """One clip, which stands alone. `captions`: whether a file of captions goes up with it."""

    types: frozenset[str]
    bytes: int
    seconds: int
    captions: bool


@dataclass(frozen=True)
class Limits:
    """`text` in the network's own units; `alt` in characters; `media_bytes` for one picture.

    `clips` is None where bfbot sends no clips to the network. `label` is its name as people say it; the registry
    of networks fills it in.
    """

    text: int
    media: int
    alt: int
    media_bytes: int
    media_types: frozenset[str]
    threads: bool
    idempotency: Idempotency
    metrics: frozenset[str]  # names of PostFigures' fields it can give
    key_lasts_seconds: int = 0  # how long the network remembers a key; 0 where it has none
    image_required: bool = False
    practice: bool = False  # nothing leaves this computer
    clips: ClipLimits | None = None
    label: str = ""
