"""Which rules there are, and what they are made of."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path

import bfbot
from bfbot.rules.base import Rule
from bfbot.rules.catalogue import RULES
from bfbot.rules.pairs import TOGETHER
from bfbot.rules.steady import STEADY


@cache
def edition() -> str:
    """sha256 (hex) over bfbot's own code: after an upgrade nothing that was judged before counts as judged."""
    digest = hashlib.sha256(sys.version.encode())
    root = Path(bfbot.__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def rules(*, alone: bool, vouched: bool) -> tuple[Rule, ...]:
    """Those to ask at send. `alone`: not about the version in the other language; `vouched`: not about words."""
    asked = (one for one in RULES if not (alone and one is TOGETHER))
    return tuple(one for one in asked if not (vouched and one.id in STEADY))
