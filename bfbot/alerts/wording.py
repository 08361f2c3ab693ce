"""The message: what needs a person, each with its link, in the team's words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bfbot.alerts.seen import Kind, Trouble
from bfbot.domain.localtime import local

MOST = 10
"""So many are named in a message; the rest are counted."""

_LONGEST = 80
_WHY = 200
_LIST = 2000


@dataclass(frozen=True)
class Message:
    """Plain text."""

    title: str
    body: str


def message(troubles: Sequence[Trouble], *, address: str, zone: str, name: str) -> Message:
    """`address` is that of the pages, without a slash at its end; `name` says which workspace speaks."""
    count = len(troubles)
    title = f"{name}: {_PLAIN[troubles[0].kind]}" if count == 1 else f"{name}: {count} things need you"
    lines = [f"{line(one, zone)}\n{address}{one.path}" for one in troubles[:MOST]]
    if count > MOST:
        lines.append(f"And {count - MOST} more.\n{address}/")
    return Message(title, "\n\n".join(lines))


def line(one: Trouble, zone: str) -> str:
    """One trouble in one line; times on the wall clock of `zone`."""
    when = _when(one.at, zone)
    why = _cut(one.why, _WHY)
    match one.kind:
        case Kind.UNKNOWN:
            return f"{_post(one)} may be live, and bfbot cannot find out. Look, then settle it. {why}".strip()
        case Kind.EARLY:
            return (
                f"{one.of} planned on {one.account} may be out already: a backup was restored, and bfbot cannot "
                f"find out. Look there, and settle each before its time; the first is {when}. {why}"
            ).strip()
        case Kind.FAILED:
            return f"{_post(one)} failed. {why}".strip()
        case Kind.MISSED:
            return f"{_post(one)} was not sent at its time, {when}. {why}".strip()
        case Kind.HELD:
            until = _when(one.until, zone)
            return f"{_post(one)} is held at its time, {when}, and can go out until {until}. {why}".strip()
        case Kind.NOT_APPROVED:
            too = f" The sign-off of {why} is missing, too." if why else ""
            return f"{_post(one)} is for {when}, and nobody has approved it.{too}"
        case Kind.NOT_SIGNED:
            lack = f"the sign-off of {why} is missing: until it is there, the post is held"
            return f"{_post(one)} is for {when} and approved, and {lack}."
        case Kind.ACCOUNT:
            return f"{one.of} is stopped, and its posts wait: {why}"
        case Kind.FEED:
            return f"The feed {one.of} is not being read (last time: {when}). {why}".strip()
        case Kind.CLOCK:
            return f"bfbot is late: for {why} it has looked at nothing that is due. Posts may be missed."
        case Kind.BACKUP:
            return f"No backup has been written since {when}: the daily one fails."
        case Kind.KEY:
            day = f"{one.day:%-d %B %Y}"
            if one.why == "over":
                return f"The key of {one.of} ran out on {day}: renew it, or its posts wait."
            return f"The key of {one.of} runs out on {day}: renew it before, or its posts wait."
        case Kind.QUIET:
            return f"The feed {one.of} is read, and has brought nothing since {when}: too long for what is usual."

        case Kind.REVIEW:
            return f"Statistics were due for review by {one.day:%-d %B %Y}: {_cut(one.of, _LIST)}."


_PLAIN = {
    Kind.UNKNOWN: "a post may be live",
    Kind.EARLY: "planned posts may be out already",
    Kind.FAILED: "a post failed",
    Kind.MISSED: "a post was not sent",
    Kind.HELD: "a post is held at its time",
    Kind.NOT_APPROVED: "a post waits for approval",
    Kind.NOT_SIGNED: "a post waits for a sign-off",
    Kind.ACCOUNT: "an account is stopped",
    Kind.KEY: "an account's key runs out",
    Kind.FEED: "a feed is not being read",
    Kind.QUIET: "a feed brings nothing",
    Kind.CLOCK: "bfbot is late",
    Kind.BACKUP: "no backup",
    Kind.REVIEW: "statistics are due for review",
}


def _post(one: Trouble) -> str:
    where = f" on {one.account}" if one.account else ""
    return f"Post {one.post}{where} (“{_cut(one.of, _LONGEST)}”)"


def _when(moment: datetime | None, zone: str) -> str:
    return f"{local(moment, zone):%a %-d %b %H:%M}" if moment else "never"


def _cut(text: str, longest: int) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= longest else f"{one_line[: longest - 1]}…"
