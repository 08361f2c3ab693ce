"""The `bfbot` command. A subcommand's module is loaded when it is called: `--help` stays quick."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping

import click

from bfbot import __version__
from bfbot.cli.legible import legible_streams
from bfbot.errors import BfbotError, ConfigurationError

COMMANDS: Mapping[str, tuple[str, str]] = {
    "up": ("bfbot.cli.up:up", "Run everything: pages, clock and publishing."),
    "worker": ("bfbot.cli.up:worker", "Run clock and publishing without the pages."),
    "once": ("bfbot.cli.up:once", "One pass: read feeds, plan, publish what is due, measure; then end."),
    "init": ("bfbot.cli.init:init", "Make a workspace in a new or empty folder."),
    "check": ("bfbot.cli.check:check", "Every fault in messages/, schedules/ and settings, with its mend."),
    "schema": ("bfbot.cli.check:schema", "JSON Schemas of the files, for editors."),
    "queue": ("bfbot.cli.queue:queue", "Posts: add, list, show, submit, approve, reject, edit, withdraw, ..."),
    "approve-standing": ("bfbot.cli.standing:approve_standing", "Approve an evergreen post or a feed for repeat."),
    "forecast": ("bfbot.cli.forecast:forecast", "Look ahead: what would go out, what would be refused and why."),
    "pause": ("bfbot.cli.stops:pause", "Stop everything, or one campaign, account, feed or post."),
    "resume": ("bfbot.cli.stops:resume", "End a pause."),
    "holds": ("bfbot.cli.stops:holds", "What is paused, by whom and why."),
    "clear": ("bfbot.cli.after_a_pause:clear", "Let one post through a pause: one asks, an approver clears."),
    "missed": ("bfbot.cli.after_a_pause:missed", "What was not sent in time: list, again, cancel; many at once."),
    "season": ("bfbot.cli.season:season", "Pre-election periods: list, show, keep, explain."),
    "media": ("bfbot.cli.media:media", "Pictures and clips: their rights, where they are used and live."),
    "consent": ("bfbot.cli.consent:consent", "Consents by number, and what has to go when one is withdrawn."),
    "quote": ("bfbot.cli.quote:quote", "Quoted words that wait for whoever says them."),
    "library": ("bfbot.cli.library:library", "Statistics: corrections, reviews, recheck."),
    "news": ("bfbot.cli.news:news", "Watched feeds: poll, list."),
    "measure": ("bfbot.cli.measure:measure", "Ask the networks for figures now."),
    "report": ("bfbot.cli.report:report", "The weekly reach report."),
    "accounts": ("bfbot.cli.accounts:accounts", "Accounts: list, test, start."),
    "alerts": ("bfbot.cli.alerts:alerts", "What needs a person at once: list, test."),
    "backup": ("bfbot.cli.backup:backup", "Copy everything into one file, also while bfbot runs."),
    "restore": ("bfbot.cli.backup:restore", "Put a backup in the place of the present state."),
    "audit": ("bfbot.cli.audit:audit", "Who decided what, and whether the record is whole."),
    "user": ("bfbot.cli.user:user", "People: add, passwd, list."),
}


class LazyGroup(click.Group):
    """Knows every command by name and one line; imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="bfbot %(version)s")
def bfbot() -> None:
    """A campaign desk: watches the news and the message library, posts what two people agreed to, logs reach.

    Exit codes: 0 done, 1 a rule refused, 2 wrong usage, 3 a network or feed failed, 4 configuration.
    """


def main() -> None:
    """Run a command; an error is one line that says what to do, never a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bfbot.ledger.settings")
    legible_streams()
    try:
        # Without standalone mode click gives back what `ctx.exit` and `Exit` were told.
        code = bfbot.main(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except Exception as error:
        known = _for_people(error)
        if known is None:
            raise
        click.echo(f"bfbot: {known}", err=True)
        sys.exit(known.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


def _for_people(error: Exception) -> BfbotError | None:
    """What went wrong in words that say what to do; None for a defect of bfbot's own."""
    if isinstance(error, BfbotError):
        return error
    if isinstance(error, OSError):
        return ConfigurationError(
            f"{error.strerror or error}.",
            mend="Nothing was lost; mend it and call again.",
            where=str(error.filename or ""),
        )
    if isinstance(error, UnicodeDecodeError):  # the team's files are read by the library, which tells itself
        return ConfigurationError("The settings are not text in UTF-8.", mend="Save .env as UTF-8.", where=".env")
    django = sys.modules.get("django.db.utils")
    if django is not None and isinstance(error, django.DatabaseError):
        from bfbot.engine.database import readable

        return readable(error)
    return None


if __name__ == "__main__":
    main()
