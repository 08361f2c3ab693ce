"""What a command begins with: the workspace, the database, the team's files, and for whom it acts."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from bfbot.config import config
from bfbot.errors import ConfigurationError, UsageError


def begin(*, files: bool = True) -> datetime:
    """Django, a database that is ready, and the files as they are now; gives the moment of the command (UTC).

    Without `files` it reads none: what stops posts or names people must work while the files are broken.
    """
    set_up_django()
    from bfbot.engine import database, logs

    # A command says itself what happened; only what it cannot know is logged.
    logs.set_up("error")
    database.ensure_ready()
    now = datetime.now(UTC)
    if files:
        _read_files(now)
    return now


def set_up_django() -> None:
    """Raises ConfigurationError outside a workspace, or where Django cannot be set up as the settings ask."""
    workspace_here()
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise ConfigurationError(
            str(error).splitlines()[0], mend="For PostgreSQL install its part too: pip install 'bfbot[postgres]'."
        ) from error


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
    raise UsageError(
        f"Say who you are with {_asks_by()}." if able else f"Nobody here may do this: it takes the role {role}.",
        mend=f"One of: {', '.join(able)}." if able else "Add somebody with `bfbot user add NAME --role ...`.",
    )


def _asks_by() -> str:
    """The option by which the running command takes a person's name."""
    taken = {option for one in click.get_current_context().command.params for option in one.opts}
    return "--author" if "--author" in taken else "--by"


def _read_files(now: datetime) -> None:
    """The first reading of a process tells the library which networks there are."""
    from bfbot.library import current_revision, last_faults
    from bfbot.platforms.registry import known

    current_revision(now, platforms=known())
    errors = sum(one.level == "error" for one in last_faults())
    if errors:
        things = "one fault" if errors == 1 else f"{errors} faults"
        click.echo(
            f"The files have {things}, so their last good state is in use: `bfbot check` lists the mends.",
            err=True,
        )
