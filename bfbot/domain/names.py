"""The names that the team keeps away from pictures: a list outside the workspace, in no representation."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ListedNames:
    """As they are written there. `unread`: there is a list, and it cannot be read."""

    names: frozenset[str] = field(default=frozenset(), repr=False)
    unread: bool = False


NO_NAMES = ListedNames()


def listed(text: str) -> ListedNames:
    """One name a line; empty lines and those that begin with # are left out."""
    lines = (line.strip() for line in text.lstrip("\ufeff").splitlines())
    return ListedNames(frozenset(one for one in lines if one and not one.startswith("#")))
