"""Letters that nobody sees, or that turn the reading around: shown by their names wherever people read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

_ODD: Final = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
"""Embeddings, overrides, isolates, and controls but tab and line ends. The joiner U+200D stays: emoji need it."""


def made_visible(text: str, mark: Callable[[str], str]) -> str:
    """The text with `mark` of the name (`U+202E`) in the place of each such letter."""
    return _ODD.sub(lambda odd: mark(f"U+{ord(odd.group()):04X}"), text)
