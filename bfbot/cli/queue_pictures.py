"""The pictures that `queue add` is given, and the rights of uploaded ones; `queue edit` renews them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bfbot.domain.message import MediaUse
from bfbot.domain.picture import NEVER, People, Picture, Rights, one_line
from bfbot.errors import UsageError

Given = Mapping[str, tuple[str, ...]]
"""What was typed, by the option's name."""

_OPTIONS = (
    click.option("--credit", multiple=True, metavar="TEXT", help="To whom an uploaded picture is credited."),
    click.option("--licence", multiple=True, metavar="TEXT", help="What allows us to post it."),
    click.option("--owner", multiple=True, metavar="TEXT", help="Whose it is."),
    click.option("--rights-until", multiple=True, metavar="DATE", help="Its last day, like 2027-12-31; or never."),
    click.option(
        "--people", multiple=True, type=click.Choice([str(one) for one in People]), help="Who can be seen."
    ),
    click.option("--consent", multiple=True, metavar="ID", help="Needed with people; none takes it away."),
)


def rights_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--credit` and those beside it; the command gets them by name, each a tuple."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def pictures(files: tuple[Path, ...], alt: tuple[str, ...], given: Given, now: datetime) -> tuple[MediaUse, ...]:
    """Each with its words. What the library lists is used from there; any other is taken in with its rights.

    Raises UsageError for a clip that is not in the library, and where the numbers do not go together.
    """
    if len(files) != len(alt):
        raise UsageError("Every picture needs its alt text.", mend="Give one --alt for each --media.")
    listed = [_listed(path, now) for path in files]
    written = iter(_for_each(given, listed.count(None)))
    return tuple(
        MediaUse(alt=words, file=one.file, captions=one.captions)
        if one is not None
        else _uploaded(path, words, next(written))
        for path, words, one in zip(files, alt, listed, strict=True)
    )


def with_rights(media: Iterable[MediaUse], given: Given) -> tuple[MediaUse, ...]:
    """The same pictures; of the uploaded ones, what is given is written anew, and the rest stays."""
    kept = tuple(media)
    written = iter(_for_each(given, sum(one.blob is not None for one in kept)))
    return tuple(one if one.blob is None else _written(one, next(written)) for one in kept)


def _uploaded(path: Path, alt: str, said: Mapping[str, Any]) -> MediaUse:
    from bfbot.media import blobs

    return _written(MediaUse(alt=alt, blob=blobs.store(path.read_bytes()).digest), said)


def _written(use: MediaUse, said: Mapping[str, Any]) -> MediaUse:
    return replace(use, rights=replace(use.rights or Rights(), **said)) if said else use


def _for_each(given: Given, uploads: int) -> list[dict[str, Any]]:
    """The fields that are given for each uploaded picture, in order."""
    found: list[dict[str, Any]] = [{} for _ in range(uploads)]
    for name, typed in given.items():
        if not typed:
            continue
        option = f"--{name.replace('_', '-')}"
        if not uploads:
            raise UsageError(
                f"There is no uploaded picture that {option} could be about.",
                mend="Leave it out: what comes from the library has its rights in messages/media.yaml.",
            )
        if len(typed) not in {1, uploads}:
            are = "picture is" if uploads == 1 else "pictures are"
            raise UsageError(
                f"{option} is given {len(typed)} times, and {uploads} {are} uploaded.",
                mend="Give it once for all of them, or once for each in the order of the pictures.",
            )
        field, read = _READ[name]
        values = [read(one) for one in typed] * (uploads if len(typed) == 1 else 1)
        for one, value in zip(found, values, strict=True):
            one[field] = value
    return found


def _day(typed: str) -> date:
    if typed.strip().lower() == "never":
        return NEVER
    try:
        found = date.fromisoformat(typed.strip())
    except ValueError:
        found = None
    if found is None or found.isoformat() != typed.strip():  # 20271231 and 2027-W52-5 are dates to Python
        raise UsageError(
            f"“{typed[:30]}” is no last day of rights.",
            mend="Write --rights-until like 2027-12-31, or never where the rights have no end.",
        )
    return found


def _consent(typed: str) -> str:
    said = one_line(typed)
    return "" if said.lower() == "none" else said


_READ: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "credit": ("credit", one_line),
    "licence": ("licence", one_line),
    "owner": ("owner", one_line),
    "rights_until": ("expires", _day),
    "people": ("people", People),
    "consent": ("consent", _consent),
}


def _listed(path: Path, now: datetime) -> Picture | None:
    """The library's entry of this file; None for a picture that it does not list."""
    from bfbot.config import config
    from bfbot.domain.picture import by_file
    from bfbot.library import current_revision
    from bfbot.media import clips

    folder, real = (config().home / "messages").resolve(), path.resolve()
    held = None
    if real.is_relative_to(folder):
        held = by_file(current_revision(now).pictures.values(), real.relative_to(folder).as_posix())
    if held is None and clips.mime_of(real):
        raise UsageError(
            f"The clip {path} is not one of the library's.",
            mend="Put it into messages/ with its captions, list it in messages/media.yaml, and name it there.",
        )
    return held
