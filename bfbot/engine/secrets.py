"""Everything that must never be seen in a log: the settings that say so by name, and what accounts name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bfbot.config import config
from bfbot.domain.revision import Revision
from bfbot.errors import ConfigurationError

_WORDS = ("TOKEN", "SECRET", "PASSWORD", "KEY")

_TELLING = 12
"""A piece of an alert's address as long as this may be a password; shorter ones are words of every line."""


def of_settings() -> Iterator[str]:
    """Values in the environment and .env whose name tells, the workspace's own key, the database's password."""
    for name, value in config().environment.items():
        if any(word in name for word in _WORDS) and not name.endswith("_FILE"):
            yield value
    yield config().secret_key()
    yield urlsplit(config().database_url).password or ""
    for address in config().alert_urls:
        yield address
        yield from (one for one in re.split(r"[/@:?&=,]+", address) if len(one) >= _TELLING)


def of_accounts(revision: Revision) -> Iterator[str]:
    """Values behind the references of schedules/accounts.yaml, whatever they are called."""
    for account in revision.accounts.values():
        for reference in account.secrets.values():
            try:
                yield config().secret(reference) or ""
            except ConfigurationError:
                continue  # told where the account is used
