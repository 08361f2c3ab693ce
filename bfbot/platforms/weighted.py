"""How long a text is on X: by weight, as twitter-text counts it (configuration 3)."""

from __future__ import annotations

import importlib.resources
import sys
import types
from collections.abc import Callable
from functools import cache
from threading import Lock

_loading = Lock()


def weighted_length(text: str) -> int:
    """280 is the limit: a link counts 23, an emoji 2, characters beyond the Latin and Cyrillic ranges 2."""
    with _loading:
        parse = _parser()
    return parse(text)


@cache
def _parser() -> Callable[[str], int]:
    """The library reads one data file through pkg_resources, which setuptools no longer brings along.

    A stand-in with that one function is there while it loads, and gone afterwards.
    """
    stand_in = types.ModuleType("pkg_resources")
    stand_in.__dict__["resource_string"] = _read_data_file
    before = sys.modules.get("pkg_resources")
    sys.modules["pkg_resources"] = stand_in
    try:
        from twitter_text import parse_tweet
    finally:
        if before is None:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = before
    return lambda text: int(parse_tweet(text).weightedLength)


def _read_data_file(module: str, name: str) -> bytes:
    return importlib.resources.files(module.rpartition(".")[0]).joinpath(name).read_bytes()
