"""Which networks there are. A new one is a file with an adapter, and a line here.

A network's module is loaded when an account of it is first asked for, its library when it first publishes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bfbot.domain.limits import Limits
from bfbot.domain.schedule import Account
from bfbot.errors import ConfigurationError
from bfbot.platforms.base import Clock, MediaReader, Platform, Setup, utc_now
from bfbot.platforms.pictures import no_pictures

if TYPE_CHECKING:
    import requests


@dataclass(frozen=True)
class PlatformSpec:
    """A network by name. `secrets` are the names an account must give; `adapter` is module:class."""

    name: str
    label: str
    secrets: tuple[str, ...]
    adapter: str
    needs_base_url: bool = False

    @property
    def limits(self) -> Limits:
        declared: Limits = self.load().limits  # type: ignore[attr-defined]  # a class; mypy sees its maker
        return replace(declared, label=self.label)

    def load(self) -> Callable[[Setup], Platform]:
        """The adapter's class."""
        module, _, name = self.adapter.partition(":")
        adapter: Any = getattr(import_module(module), name)
        return adapter  # type: ignore[no-any-return]  # found by its name


_SPECS = (
    PlatformSpec("rehearsal", "Practice channel", (), "bfbot.platforms.rehearsal:Rehearsal"),
    PlatformSpec("mastodon", "Mastodon", ("access_token",), "bfbot.platforms.mastodon:Mastodon", True),
    PlatformSpec(
        "x",
        "X",
        ("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
        "bfbot.platforms.x:X",
    ),
)

PLATFORMS: Mapping[str, PlatformSpec] = MappingProxyType({one.name: one for one in _SPECS})


def spec_of(name: str) -> PlatformSpec:
    """Raises ConfigurationError for a network that bfbot does not know."""
    try:
        return PLATFORMS[name]
    except KeyError:
        raise ConfigurationError(
            f"“{name}” is no network that bfbot knows.", mend=f"Write one of: {', '.join(PLATFORMS)}."
        ) from None


def limits_of(name: str) -> Limits:
    """What the network takes and gives."""
    return spec_of(name).limits


def known() -> Mapping[str, tuple[str, ...]]:
    """Every network's name, with the names of the secrets that an account of it needs."""
    return {name: one.secrets for name, one in PLATFORMS.items()}


def platform_for(
    account: Account,
    *,
    secrets: Mapping[str, str] | None = None,
    media: MediaReader = no_pictures,
    clock: Clock = utc_now,
    session: requests.Session | None = None,
) -> Platform:
    """The adapter of one account. Without secrets it renders and counts, which needs none; contacts nobody."""
    setup = Setup(
        account=account.id,
        base_url=account.base_url,
        secrets=dict(secrets or {}),
        media=media,
        clock=clock,
        session=session,
    )
    return spec_of(account.platform).load()(setup)
