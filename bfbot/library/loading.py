"""Keeps the revision in use: looks whether the files changed, reads them if so, and never takes a faulty set."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from bfbot.config import config
from bfbot.domain.finding import Fault
from bfbot.domain.revision import Revision
from bfbot.errors import ConfigurationError
from bfbot.library.reading import FOLDERS, Fingerprint, Source, digest, fingerprint, read_sources

Platforms = Mapping[str, Collection[str]]

_SETTLED = 2_000_000_000  # nanoseconds: a file touched this lately may change again unseen by its time


@dataclass(frozen=True)
class _State:
    """What this process knows of one workspace. `seen` None: look into the files next time, come what may.

    `refused` is the set that was refused: the digest of its files, and how all files looked (a picture may come
    later than the text that names it).
    """

    revision: Revision
    seen: Fingerprint | None
    refused: tuple[str, Fingerprint] | None = None
    faults: tuple[Fault, ...] = ()


_states: dict[Path, _State] = {}
_lock = Lock()
_platforms: Platforms | None = None


def current_revision(now: datetime, *, home: Path | None = None, platforms: Platforms | None = None) -> Revision:
    """The newest good state of the files of `home` (default: this process's workspace), stored and numbered.

    Cheap while the files stay untouched. `now` is aware; `platforms` maps each network to its secrets' names
    (None: those last given in this process; where none ever were, networks are not checked). While the files
    are faulty the last good revision stays, and `last_faults()` tells why. Raises ConfigurationError where there
    never was a good one.
    """
    global _platforms
    _platforms = platforms if platforms is not None else _platforms
    place = (home or config().home).resolve()
    state = _known(place)
    if state and state.seen == fingerprint(place):
        return state.revision
    # Whoever has a revision does not wait for the thread that reads the new files: it may stand in a
    # transaction that the other one waits for.
    if not _lock.acquire(blocking=state is None):
        assert state is not None
        return state.revision
    try:
        state, seen = _known(place), fingerprint(place)
        if state is None or state.seen != seen:
            _states[place] = state = _look(place, now, _platforms, seen, state)
        return state.revision
    finally:
        _lock.release()


def last_faults(home: Path | None = None) -> tuple[Fault, ...]:
    """Why the files as they are now are not in use; empty while they are. As of the last `current_revision`."""
    state = _states.get((home or config().home).resolve())
    return state.faults if state else ()


def check(home: Path, now: datetime, platforms: Platforms | None = None) -> list[Fault]:
    """Every fault and warning of the files, in their order. Stores nothing."""
    return read_library(home, now=now, platforms=platforms)[1]


def read_library(
    home: Path, *, now: datetime, platforms: Platforms | None = None
) -> tuple[Revision | None, list[Fault]]:
    """The files as they are: what they say (None where a fault is an error), and all faults and warnings.

    Reads nothing but files and stores nothing; the Revision has the number 0.
    """
    sources, faults = read_sources(home)
    return _judge(home, sources, faults, now, platforms)


def _known(home: Path) -> _State | None:
    """What this process knows, unless it is of another database, or of one restored from before."""
    from bfbot.ledger import revisions  # Django: `check` does without

    state = _states.get(home)
    return state if state and revisions.has(state.revision.number, state.revision.digest) else None


def _look(
    home: Path, now: datetime, platforms: Platforms | None, seen: Fingerprint, state: _State | None
) -> _State:
    from bfbot.ledger import revisions

    sources, unreadable = read_sources(home)
    found = digest(sources)
    trusted = seen if all(time.time_ns() - changed > _SETTLED for _, _, changed, _ in seen) else None
    if not unreadable:
        if state and found == state.revision.digest:
            return replace(state, seen=trusted, refused=None, faults=())
        if state and (found, seen) == state.refused:
            return replace(state, seen=trusted)
        known = revisions.newest()
        if known and known[1] == found:
            return _State(revisions.numbered(known[0]), trusted)
    revision, faults = _judge(home, sources, unreadable, now, platforms)
    good = state.revision if state else revisions.latest()
    if not sources and good and _says_something(good) and not _folders(home):
        revision, faults = None, [*faults, _gone()]
    if revision:
        return _State(revisions.store(revision), trusted)
    if good is None:
        raise _no_good_one(faults)
    return _State(good, trusted, refused=None if unreadable else (found, seen), faults=tuple(faults))


def _judge(
    home: Path, sources: tuple[Source, ...], unreadable: list[Fault], now: datetime, platforms: Platforms | None
) -> tuple[Revision | None, list[Fault]]:
    # pydantic and YAML: only on a change
    from bfbot.library import building, checking, content, content_media, forms, parsing

    filled = forms.fill(parsing.parse(source) for source in sources)
    today = now.astimezone(ZoneInfo(config().timezone)).date()
    faults = [*unreadable, *filled.faults]
    faults += checking.check_forms(
        filled, has_file=lambda path: _is_picture(home / "messages", path), platforms=platforms
    )
    faults += content.check_content(filled, today)
    faults += content_media.check_clips(
        filled, lambda path: (home / "messages" / path).read_bytes(), readable=find_spec("av") is not None
    )
    faults = sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line))
    if any(fault.level == "error" for fault in faults):
        return None, faults
    return building.revision(filled, digest=digest(sources), made_at=now), faults


def _is_picture(root: Path, path: str) -> bool:
    """Whether the path leads to a file that really lies below `root`."""
    try:
        real = (root / path).resolve(strict=True)
        return real.is_file() and real.is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _folders(home: Path) -> bool:
    return any((home / folder).is_dir() for folder in FOLDERS)


def _says_something(revision: Revision) -> bool:
    return bool(revision.campaigns or revision.messages or revision.facts)


def _gone() -> Fault:
    what = "Both folders of the team's files are gone: schedules/ and messages/."
    return Fault("schedules", 1, "error", "file", what, "Bring them back, or set BFBOT_HOME to the right folder.")


def _no_good_one(faults: list[Fault]) -> ConfigurationError:
    errors = [fault for fault in faults if fault.level == "error"]
    told = " ".join(str(fault) for fault in errors[:3])
    more = f" And {len(errors) - 3} more." if len(errors) > 3 else ""
    return ConfigurationError(
        f"The team's files have faults, and no good state of them is known yet. {told}{more}",
        mend="Mend them; `bfbot check` lists every one.",
    )
