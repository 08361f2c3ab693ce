"""Where the campaigns that come with bfbot lie: beside the package in a checkout, under share/ when installed."""

from __future__ import annotations

import sys
from pathlib import Path

from bfbot.errors import ConfigurationError


def shipped_folder() -> Path:
    """The folder that holds messages/, schedules/ and config.example.env as shipped."""
    checkout = Path(__file__).resolve().parents[2]
    installed = Path(sys.prefix) / "share" / "bfbot"
    for folder in (checkout, installed):
        if (folder / "messages").is_dir() and (folder / "schedules").is_dir():
            return folder
    raise ConfigurationError(
        "The shipped campaigns are missing from this installation.", mend="Install bfbot again."
    )
