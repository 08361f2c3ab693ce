"""A picture that was uploaded for one post, with all that is asked about one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bfbot.domain.message import MediaUse
from bfbot.domain.picture import NEVER, People, Rights

OURS = Rights(
    people=People.NONE,
    credit="The council's photographer",
    licence="Our own work",
    owner="The council",
    expires=NEVER,
)


def uploaded(alt: str = "A bridge of wood", digest: str = "b" * 64, **changed: Any) -> MediaUse:
    """`changed` is what is otherwise on record of it."""
    return MediaUse(alt, blob=digest, rights=replace(OURS, **changed))
