"""SVG to PNG, in a child process that ends: the drawing library's memory ends with it.

    python -m bfbot.media.drawing < card.svg > card.png

Each drawing is kept under the sha256 of its SVG in var/media/cards, so a card is drawn once.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from bfbot.config import config
from bfbot.errors import BfbotError
from bfbot.media.files import read_plain, write_whole

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PATIENCE = 30  # seconds; a card takes a tenth of one


def draw(svg: str, *, root: Path | None = None) -> bytes:
    """The PNG of a finished SVG, at the SVG's own size. `root` is the media folder.

    Raises BfbotError when the child fails; nothing is kept then, so the next call tries again.
    """
    digest = hashlib.sha256(svg.encode()).hexdigest()
    path = (root or config().var / "media") / "cards" / f"{digest}.png"
    try:
        kept = read_plain(path)
    except OSError:
        kept = b""
    if kept.startswith(PNG_SIGNATURE):
        return kept
    drawn = _in_child(svg)
    write_whole(path, drawn)
    return drawn


def _in_child(svg: str) -> bytes:
    package = str(Path(__file__).resolve().parents[2])
    search = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bfbot.media.drawing"],
            input=svg.encode(),
            capture_output=True,
            timeout=PATIENCE,
            env={**os.environ, "PYTHONPATH": search},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(type(error).__name__) from error
    if done.returncode != 0 or not done.stdout.startswith(PNG_SIGNATURE):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise _failed(last[0] if last else f"exit {done.returncode}")
    return done.stdout


def _failed(why: str) -> BfbotError:
    return BfbotError(
        f"The picture could not be drawn ({why}).",
        mend="Try again; if it fails again, post without the picture and tell whoever runs bfbot.",
    )


def main() -> None:
    """The child: SVG in by stdin, PNG out by stdout."""
    import vl_convert  # 10 MB that the parent never loads

    sys.stdout.buffer.write(vl_convert.svg_to_png(sys.stdin.buffer.read().decode()))


if __name__ == "__main__":
    main()
