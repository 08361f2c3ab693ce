"""The files that these tests read: what git would commit, or every file where git is absent."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "bfbot"
NOT_OURS = {".git", ".venv", "var", "node_modules", "build", "dist"}


def python_files(*folders: str) -> list[Path]:
    """Every .py file below these folders of the checkout, migrations left out."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if not {"migrations", "__pycache__"} & set(path.parts)]


def committed() -> list[Path]:
    """Files that git keeps; where there is no git, all that lie here, except what tools make."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return list(_walk(ROOT))
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in NOT_OURS and not path.name.endswith(("_cache", ".egg-info", "__pycache__")):
                yield from _walk(path)
        elif path.suffix != ".pyc":
            yield path


@cache
def contracts() -> list[dict[str, Any]]:
    """The contracts of import-linter as pyproject.toml states them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return list(settings["tool"]["importlinter"]["contracts"])


def pure_files() -> list[Path]:
    """The modules that decide: those that a contract forbids Django and the network."""
    names = [name for one in contracts() if one["type"] == "forbidden" for name in one["source_modules"]]
    found = []
    for name in names:
        place = ROOT / name.replace(".", "/")
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    return found


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything that a file calls."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def short(path: Path) -> str:
    """The path as a person would write it."""
    return str(path.relative_to(ROOT))
