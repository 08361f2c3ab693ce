"""What every command but `up`, `worker`, `once` and `init` begins with."""

from __future__ import annotations

from datetime import UTC, datetime

from bfbot.config import config
from bfbot.errors import ConfigurationError, UsageError


def begin() -> datetime:
    """Django, and a database that is ready; gives the moment of the command (UTC)."""
    workspace_here()
    import django

    django.setup()
    from bfbot.engine import database

    database.ensure_ready()
    return datetime.now(UTC)


def workspace_here() -> None:
    """Raises ConfigurationError where the folder is no workspace."""
    home = config().home
    if not (home / "schedules").is_dir():
        raise ConfigurationError(
            f"{home} is no workspace: it has no schedules/.",
            mend="Go to your workspace or set BFBOT_HOME; `bfbot init DIR` makes a new one.",
        )


def acting(name: str | None, approver: bool = False) -> str:
    """The person a command acts for: as named, else the only one there is who may."""
    if name:
        return name
    from bfbot.domain.person import Role
    from bfbot.ledger import people

    role = Role.APPROVER if approver else Role.AUTHOR
    able = [one.name for one in people.everybody() if one.may_anywhere(role)]
    if len(able) == 1:
        return able[0]
    option = "--by" if approver else "--author or --by"
    raise UsageError(
        f"Say who you are with {option}." if able else f"Nobody here may do this: it takes the role {role}.",
        mend=f"One of: {', '.join(able)}." if able else "Add somebody with `bfbot user add NAME --role ...`.",
    )
