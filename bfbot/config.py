"""Settings: from the environment, else the workspace's `.env`, each with a `_FILE` twin.

The workspace is the folder that `BFBOT_HOME` names, else the current folder.
"""

from __future__ import annotations

import os
import re
import secrets
import string
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bfbot.errors import ConfigurationError


@dataclass(frozen=True)
class Setting:
    """One setting, as docs and `config.example.env` list it."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "BFBOT_HOME",
        "",
        "The workspace: the folder with schedules/ and messages/. Default: the current folder.",
    ),
    Setting(
        "BFBOT_DATABASE_URL",
        "",
        "postgresql://user:password@host/name; default: SQLite in var/bfbot.sqlite3.",
    ),
    Setting("BFBOT_SECRET_KEY", "", "Any text of 32 or more characters; made on the first run when absent."),
    Setting("BFBOT_PUBLIC_URL", "", "The address at which the team reaches the pages, https://desk.example."),
    Setting("BFBOT_TIMEZONE", "Europe/London", "The zone of times that no campaign rules."),
    Setting(
        "BFBOT_PORT",
        "8000",
        "The port of the pages, on this computer only unless BFBOT_ALLOWED_HOSTS is set.",
    ),
    Setting("BFBOT_LOG", "info", "How much is logged: debug, info, warning or error."),
    Setting("BFBOT_ALLOWED_HOSTS", "", "Host names under which the pages answer, comma separated."),
    Setting("BFBOT_PRIVATE_HOSTS", "", "Private addresses that bfbot may reach, as host:port, comma separated."),
    Setting("BFBOT_CONTACT", "", "An address of yours, told to feeds and networks in the user agent."),
    Setting(
        "BFBOT_NAMES",
        "",
        "Names that never stand beside pictures of people: BFBOT_NAMES_FILE, outside the workspace, one a line.",
    ),
    Setting(
        "BFBOT_ALERT_URLS",
        "",
        "Where alerts go, as addresses of apprise (mailtos://, msteams://, slack://, ...), with spaces between.",
    ),
    Setting("BFBOT_X_POST_PRICE", "0.015", "What X asks for a post without a link, in US dollars."),
    Setting("BFBOT_X_LINK_PRICE", "0.200", "What X asks for a post with a link, in US dollars."),
    Setting("BFBOT_X_PRICES_OF", "2026-08-13", "The day of the price list of X that these two are from."),
)


@dataclass(frozen=True)
class Config:
    """Read once for a process. Paths are absolute."""

    home: Path
    database_url: str
    public_url: str
    timezone: str
    port: int
    log: str
    allowed_hosts: tuple[str, ...]
    private_hosts: frozenset[str]
    contact: str
    alert_urls: tuple[str, ...] = field(repr=False, default=())
    x_post_price: Decimal = Decimal("0.015")
    x_link_price: Decimal = Decimal("0.200")
    x_prices_of: date = date(2026, 8, 13)
    environment: dict[str, str] = field(repr=False, default_factory=dict)

    @property
    def var(self) -> Path:
        return self.home / "var"

    @property
    def database_path(self) -> Path:
        return self.var / "bfbot.sqlite3"

    @property
    def sample(self) -> bool:
        """Whether this is the sample workspace: every page and report then says so."""
        return (self.home / "SAMPLE").exists()

    def secret(self, reference: str) -> str | None:
        """The value behind `env:NAME` (or its `NAME_FILE` twin); None when it is not set."""
        scheme, _, name = reference.partition(":")
        if scheme != "env":
            raise ConfigurationError(
                f"“{scheme}:…” is not a way to name a secret.", mend="Write env:NAME and set NAME in .env."
            )
        return _value(self.environment, name) or None

    def names(self) -> str:
        """The names that the team keeps away from pictures, one a line, as they are now; "" without a list.

        Raises ConfigurationError where the file cannot be read.
        """
        return _value(self.environment, "BFBOT_NAMES")

    def secret_key(self) -> str:
        """The key all others are derived from; made and kept (mode 0600) on the first run."""
        given = _value(self.environment, "BFBOT_SECRET_KEY")
        if given:
            if len(given) < 32:
                raise ConfigurationError(
                    "BFBOT_SECRET_KEY is shorter than 32 characters.",
                    mend="Use a longer text, or leave it unset.",
                )
            return given
        path = self.var / "secret-key"
        self.var.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _keep_new_key(path)
        key = path.read_text().strip()
        if len(key) < 32:
            raise ConfigurationError(
                f"{path} holds no key: it was cut short.", mend="Delete it; people then sign in once more."
            )
        return key


def _keep_new_key(path: Path) -> None:
    """Whole or not at all, and never over one that another process has kept meanwhile."""
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _value(environment: dict[str, str], name: str) -> str:
    """A setting, or the content of the file that its `_FILE` twin names."""
    if environment.get(name):
        return environment[name]
    path = environment.get(f"{name}_FILE")
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigurationError(
            f"{name}_FILE names {path}, which cannot be read: {error.strerror}.",
            mend="Mend the path or unset it.",
        ) from error


def read(environment: dict[str, str]) -> Config:
    """Settings from `environment` and the workspace's .env; raises ConfigurationError naming the setting."""
    home = Path(_value(environment, "BFBOT_HOME") or ".").expanduser().resolve()
    merged = {**_dotenv(home / ".env"), **environment}
    _outside(home, merged.get("BFBOT_NAMES_FILE", ""))
    values = {one.name: _value(merged, one.name) or one.default for one in SETTINGS}
    return Config(
        home=home,
        database_url=values["BFBOT_DATABASE_URL"],
        public_url=_public_url(values["BFBOT_PUBLIC_URL"]),
        timezone=_zone(values["BFBOT_TIMEZONE"]),
        port=_port(values["BFBOT_PORT"]),
        log=_level(values["BFBOT_LOG"]),
        allowed_hosts=_list(values["BFBOT_ALLOWED_HOSTS"]),
        private_hosts=frozenset(_list(values["BFBOT_PRIVATE_HOSTS"])),
        contact=values["BFBOT_CONTACT"],
        alert_urls=_addresses(values["BFBOT_ALERT_URLS"]),
        x_post_price=_price("BFBOT_X_POST_PRICE", values["BFBOT_X_POST_PRICE"]),
        x_link_price=_price("BFBOT_X_LINK_PRICE", values["BFBOT_X_LINK_PRICE"]),
        x_prices_of=_day("BFBOT_X_PRICES_OF", values["BFBOT_X_PRICES_OF"]),
        environment=merged,
    )


@cache
def config() -> Config:
    """The settings of this process."""
    return read(dict(os.environ))


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values  # heavy for `--help`, needed only where a .env lies

    return {name: value for name, value in dotenv_values(path, interpolate=False).items() if value is not None}


def _outside(home: Path, names: str) -> None:
    """What lies in the workspace gets shared and copied with it: the names of children do not."""
    if names and Path(names).expanduser().resolve().is_relative_to(home):
        raise ConfigurationError(
            "BFBOT_NAMES_FILE lies inside the workspace.",
            mend="Keep it outside, where only bfbot and few people can read it.",
        )


def _list(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _addresses(text: str) -> tuple[str, ...]:
    """Parted by spaces; by a comma only where an address follows, for a comma may be a part of one."""
    found = tuple(filter(None, re.split(r"[\s,]+(?=[A-Za-z][A-Za-z0-9+.-]*://)", text.strip())))
    if any("://" not in one or any(space in one for space in string.whitespace) for one in found):
        # What stands there may be a password: it is not repeated.
        raise ConfigurationError(
            "BFBOT_ALERT_URLS holds something that is no address.",
            mend="Give each like mailtos://… or slack://…, with spaces between.",
        )
    return found


def _price(name: str, text: str) -> Decimal:
    """An amount of money, not less than nothing."""
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal(-1)
    if not price.is_finite() or price < 0:
        raise ConfigurationError(f"{name} is “{text}”, no price.", mend="Write it like 0.015, without a sign.")
    return price


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(f"{name} is “{text}”, no day.", mend="Write it like 2026-08-13.") from None


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ConfigurationError(f"BFBOT_PORT is “{text}”.", mend="Give a number from 1 to 65535.")
    return int(text)


def _level(text: str) -> str:
    if text.lower() not in {"debug", "info", "warning", "error"}:
        raise ConfigurationError(f"BFBOT_LOG is “{text}”.", mend="Give debug, info, warning or error.")
    return text.lower()


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigurationError(
            f"BFBOT_TIMEZONE is “{text}”, which is no time zone.", mend="Give a name like Europe/London."
        ) from error
    return text


def _public_url(text: str) -> str:
    if text and (urlsplit(text).scheme not in {"http", "https"} or not urlsplit(text).hostname):
        raise ConfigurationError(f"BFBOT_PUBLIC_URL is “{text}”.", mend="Give it like https://desk.example.")
    return text.rstrip("/")
