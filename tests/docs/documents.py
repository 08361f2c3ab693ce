"""What README.md, ARCHITECTURE.md, CONTRIBUTING.md and docs/ name: commands, settings, targets, paths."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_SUFFIXES = {".md", ".py", ".yaml", ".toml", ".env", ".txt", ".png", ".svg"}
_PATH = re.compile(r"\.?[\w<*][\w.<>*-]*(/[\w.<>*-]*)*")


@dataclass(frozen=True, order=True)
class Named:
    """Something that a document names; its `str` is the test's name."""

    document: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}: {self.text}"


@cache
def documents() -> dict[str, str]:
    """Every document by its path, as text."""
    paths = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]
    paths += sorted((ROOT / "docs").rglob("*.md"))
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths if path.is_file()}


def commands() -> list[Named]:
    """Every `bfbot …` in code, without the path before it and without what a shell adds behind it."""
    found = set()
    for name, code in _code():
        for line in code.splitlines():
            match = re.match(r"\s*(?:\$ )?(?:\S*/)?bfbot( [^#|>&;]*)?(?:$|[#|>&;])", line)
            if match and (match[1] or "").strip():
                found.add(Named(name, shlex.join(["bfbot", *shlex.split(match[1])])))
    return sorted(found)


def targets() -> list[Named]:
    """Every `make …`."""
    found = {
        Named(name, target)
        for name, code in _code()
        for line in code.splitlines()
        if (match := re.match(r"\s*make((?: [a-z-]+)+)(?: |$)", line))
        for target in match[1].split()
    }
    return sorted(found)


def settings() -> list[Named]:
    """Every name that begins with BFBOT_, as the setting that it, or its twin, is."""
    return sorted(
        {
            Named(name, setting.removesuffix("_FILE"))
            for name, text in documents().items()
            for setting in re.findall(r"\bBFBOT_[A-Z_]*[A-Z]\b", text)
        }
    )


def platforms() -> list[Named]:
    """Every network that a line of a file would name."""
    return sorted(
        {
            Named(name, platform)
            for name, code in _code()
            for platform in re.findall(r"\bplatform: *([a-z]+)", code)
        }
    )


def paths() -> list[Named]:
    """Every file or folder in code or behind a link; `file.py: function` is its file."""
    found = set()
    for name, code in _code(fenced=False):
        text = code.partition(": ")[0]
        if _PATH.fullmatch(text) and ("/" in text or Path(text).suffix in _SUFFIXES):
            found.add(Named(name, text))
    for name, text in documents().items():
        found |= {Named(name, link) for link in _LINK.findall(text) if "://" not in link}
    return sorted(found)


def _code(*, fenced: bool = True) -> list[tuple[str, str]]:
    """Pieces of code with their document: inline ones, and (`fenced`) whole blocks."""
    pieces = []
    for name, text in documents().items():
        blocks = _FENCE.findall(text)
        pieces += [(name, block) for block in blocks if fenced]
        pieces += [(name, inline) for inline in _INLINE.findall(_FENCE.sub("", text))]
    return pieces
