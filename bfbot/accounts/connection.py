"""From an account in schedules/accounts.yaml to an adapter that can speak for it.

Secrets are read here and go straight into the adapter. No error, listing or log names anything but where they lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bfbot.config import config
from bfbot.domain.declaring import not_declared
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account
from bfbot.errors import ConfigurationError, NotAuthorised, PlatformError
from bfbot.platforms.base import Clock, Describing, MediaReader, Platform, Testable, utc_now
from bfbot.platforms.registry import limits_of, platform_for, spec_of

if TYPE_CHECKING:
    import requests

READY, MISSING_SECRET, PRACTICE = "ready", "missing_secret", "practice"


class NotConnected(NotAuthorised):
    """Something that the account needs is not filled in. Certainly nothing was posted."""

    exit_code = ConfigurationError.exit_code


@dataclass(frozen=True)
class AccountState:
    """`state` is ready | missing_secret | practice; `problem` says what to fill in, "" when nothing."""

    id: str
    platform: str
    state: str
    problem: str = ""


def connect(
    account: Account,
    *,
    media: MediaReader | None = None,
    clock: Clock = utc_now,
    session: requests.Session | None = None,
) -> Platform:
    """The account's adapter, able to publish; contacts nobody. For one thread at a time.

    `media` reads the pictures of what it sends; the workspace's store where it is not given.
    Raises NotConnected naming the setting to fill, ConfigurationError for an unknown network.
    """
    return platform_for(
        account, secrets=_secrets(account), media=media or _from_the_store, clock=clock, session=session
    )


def states(revision: Revision) -> list[AccountState]:
    """Every account of the team's files in their order, and what it lacks."""
    return [_state(account) for account in revision.accounts.values()]


def try_keys(account: Account, *, session: requests.Session | None = None) -> str:
    """Without posting: the account's name on its network. Raises a PlatformError."""
    platform = connect(account, session=session)
    if not isinstance(platform, Testable):
        raise PlatformError(f"{platform.label} offers no way to try a key.", where=account.id)
    return platform.who_am_i()


def undeclared(
    account: Account, revision: Revision, *, session: requests.Session | None = None
) -> tuple[str, ...]:
    """What the account does not say of itself where its network has a place for it; asks the network."""
    platform = connect(account, session=session)
    if not isinstance(platform, Describing):
        return ()
    mine = (revision.campaigns[one] for one in account.campaigns if one in revision.campaigns)
    return not_declared(platform.profile(), [one.contact for one in mine])


def _from_the_store(digest: str) -> bytes:
    from bfbot.media.blobs import read  # loads the picture library: only where a post has a picture

    return read(digest)


def _state(account: Account) -> AccountState:
    try:
        practice = limits_of(account.platform).practice
        _secrets(account)
    except (NotConnected, ConfigurationError) as error:
        return AccountState(account.id, account.platform, MISSING_SECRET, f"{error.message} {error.mend}".strip())
    return AccountState(account.id, account.platform, PRACTICE if practice else READY)


def _secrets(account: Account) -> Mapping[str, str]:
    """The values of all the secrets that the account's network needs, by name."""
    spec = spec_of(account.platform)
    if spec.needs_base_url and not account.base_url:
        raise NotConnected(
            f"a {spec.label} account needs the address of its server.",
            mend="Add base_url: https://… to it in schedules/accounts.yaml.",
            where=account.id,
        )
    return {name: _secret(account, name) for name in spec.secrets}


def _secret(account: Account, name: str) -> str:
    reference = account.secrets.get(name)
    if not reference:
        raise NotConnected(
            f"the {spec_of(account.platform).label} account lacks its {name}.",
            mend=f"Add secrets: {{{name}: env:NAME}} to it in schedules/accounts.yaml and set NAME in .env.",
            where=account.id,
        )
    if not reference.startswith("env:"):
        # What stands there may be the secret itself: it is not repeated.
        raise NotConnected(
            f"{name} must say where the secret lies, not what it is.",
            mend="Write env:NAME in schedules/accounts.yaml and set NAME in .env.",
            where=account.id,
        )
    try:
        value = config().secret(reference)
    except ConfigurationError as error:
        raise NotConnected(error.message, mend=error.mend, where=account.id) from error
    if not value:
        setting = reference.removeprefix("env:")
        raise NotConnected(
            f"{setting} is not set.",
            mend=f"Set {setting} in .env (or {setting}_FILE to a file that holds it).",
            where=account.id,
        )
    return value
