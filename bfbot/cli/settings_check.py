"""What is wrong with a workspace's settings, each fault with its place; for `bfbot check`."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from bfbot import config
from bfbot.domain.finding import Fault
from bfbot.errors import ConfigurationError

NOWHERE = "/nonexistent"
"""A folder without .env, so that one setting is read by itself."""

_DEFAULTS = {one.name: one.default for one in config.SETTINGS}


def home_here() -> Path:
    """The workspace that the environment names, whatever its settings say; raises where there is none."""
    home = Path(os.environ.get("BFBOT_HOME") or ".").expanduser().resolve()
    if not (home / "schedules").is_dir():
        raise ConfigurationError(
            f"{home} is no workspace: it has no schedules/.",
            mend="Go to your workspace or set BFBOT_HOME; `bfbot init DIR` makes a new one.",
        )
    return home


def faults_of_settings(home: Path) -> list[Fault]:
    """Every setting that bfbot would refuse, and names that it does not know.

    One that is refused counts as unset for the rest of this process, so that the files can still be checked.
    """
    written = _dotenv(home)
    merged = {**written, **os.environ}
    faults = []
    for name in sorted(_DEFAULTS.keys() - {"BFBOT_HOME"}):
        alone = {key: merged[key] for key in (name, f"{name}_FILE") if key in merged}
        try:
            one = config.read({"BFBOT_HOME": NOWHERE, **alone})
            if name == "BFBOT_SECRET_KEY" and merged.get(name):
                one.secret_key()
            if name == "BFBOT_DATABASE_URL" and one.database_url:
                _database(one.database_url)
        except ConfigurationError as error:
            faults.append(_fault(home, name, "error", error.message, error.mend))
            os.environ.update({name: _DEFAULTS[name], f"{name}_FILE": ""})
            config.config.cache_clear()
    for name in sorted(written):
        plain = name.removesuffix("_FILE")
        if name.startswith("BFBOT_") and plain not in _DEFAULTS:
            close = get_close_matches(plain, _DEFAULTS, n=1)
            mend = f"Did you mean {close[0]}?" if close else "Take it out, or mend its name."
            faults.append(_fault(home, name, "warning", f"{name} is no setting of bfbot.", mend))
    return faults


def secrets_not_set(home: Path) -> list[Fault]:
    """Accounts whose secret is named in schedules/accounts.yaml and set nowhere: their posts would wait."""
    merged = {**_dotenv(home), **os.environ}
    faults = []
    for path in sorted((home / "schedules").glob("*.yaml")):
        for number, line in enumerate(_lines(path), 1):
            for name in re.findall(r"\benv:([A-Za-z_][A-Za-z0-9_]*)", line.split("#")[0]):
                if not merged.get(name) and not merged.get(f"{name}_FILE"):
                    place = f"schedules/{path.name}"
                    mend = f"Set it in .env, or {name}_FILE to a file that holds it; until then its posts wait."
                    faults.append(Fault(place, number, "warning", "secret", f"{name} is not set.", mend))
    return faults


def _database(url: str) -> None:
    if urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise ConfigurationError(
            f"BFBOT_DATABASE_URL begins with “{urlsplit(url).scheme}:”.",
            mend="Give postgresql://user:password@host/name.",
        )


def _fault(home: Path, name: str, level: str, message: str, mend: str) -> Fault:
    """At its line in .env, or in the environment (line 0) where that is what counts."""
    if name in os.environ or f"{name}_FILE" in os.environ:
        return Fault("environment", 0, level, "setting", message, mend)
    wanted = re.compile(rf"\s*(export\s+)?{re.escape(name)}(_FILE)?\s*=")
    lines = [number for number, line in enumerate(_lines(home / ".env"), 1) if wanted.match(line)]
    return Fault(".env", lines[-1] if lines else 1, level, "setting", message, mend)


def _dotenv(home: Path) -> dict[str, str]:
    from dotenv import dotenv_values

    found = dotenv_values(home / ".env", interpolate=False) if (home / ".env").is_file() else {}
    return {name: value for name, value in found.items() if value is not None}


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
