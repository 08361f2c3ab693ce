"""The way to an account's network, by the account's id."""

from __future__ import annotations

from datetime import datetime

from bfbot.accounts.connection import connect
from bfbot.errors import ConfigurationError
from bfbot.library import current_revision
from bfbot.media.blobs import read
from bfbot.platforms.base import Platform


def platform_of(account_id: str, now: datetime) -> Platform:
    """Contacts nobody. Raises ConfigurationError when the account is in no file, or a credential is missing."""
    account = current_revision(now).accounts.get(account_id)
    if account is None:
        raise ConfigurationError(
            f"{account_id} is no longer among the accounts.",
            mend="Put it back into schedules/, or cancel its posts.",
        )
    return connect(account, media=read)
