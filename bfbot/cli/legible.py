"""What a command prints obeys nobody but bfbot, on a terminal too."""

from __future__ import annotations

import sys
from typing import Any, TextIO, cast

from bfbot.domain.unseen import made_visible


class Legible:
    """A stream to a terminal that obeys nothing in what it is given: a post's text may hold what would clear the
    screen, or let the eye read another thing than what goes out. Such letters are shown by their names.

    `beneath` is the stream itself, for a table or a bar of bfbot's own making.
    """

    def __init__(self, beneath: TextIO) -> None:
        self.beneath = beneath

    def write(self, text: str) -> int:
        return self.beneath.write(made_visible(text, "<{}>".format))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.beneath, name)


def legible_streams() -> None:
    """From now on whatever this process prints."""
    sys.stdout, sys.stderr = (cast("TextIO", Legible(one)) for one in (sys.stdout, sys.stderr))


def beneath(stream: TextIO) -> TextIO:
    return stream.beneath if isinstance(stream, Legible) else stream
