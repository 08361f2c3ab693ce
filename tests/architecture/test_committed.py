"""Nothing that is committed names a machine's folders or the address of a package registry."""

from __future__ import annotations

import re

from tests.architecture.tree import committed, short

REGISTRY = re.compile(
    "|".join(
        re.escape(".".join(name))  # in pieces, so that this file does not name them either
        for name in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs"),
            ("npmjs", "com"),
            ("npmjs", "org"),
            ("yarnpkg", "com"),
            ("crates", "io"),
        )
    ),
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.}$*~-])/(?:work|root|home)/[\w.]")
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff2", ".ttf"}


def test_no_registry_is_named():
    assert not _lines_with(REGISTRY), "a registry's address has no place here: locks are made without one"


def test_no_folder_of_a_machine_is_named():
    assert not _lines_with(MACHINE), "a path of somebody's own machine"


def test_no_secret_or_made_file_is_committed():
    names = [short(path) for path in committed()]
    assert not [
        name for name in names if name == ".env" or name.startswith(("var/", ".venv/")) or "__pycache__" in name
    ]
    assert not [name for name in names if name.endswith(("uv.lock", "package-lock.json", "yarn.lock", ".sqlite3"))]


def _lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in committed():
        if path.suffix in PICTURES:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{short(path)}:{number}: {line.strip()[:120]}")
    return found
