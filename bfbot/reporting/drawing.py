"""Charts to SVG, in a child process that ends: the drawing library's memory ends with it.

    python -m bfbot.reporting.drawing < specs.json > drawings.json

Several charts go in one call, so that the start is paid once. A drawing is kept under the sha256 of its
specification in var/charts.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from bfbot.config import config
from bfbot.errors import BfbotError
from bfbot.media.files import read_plain, write_whole

PATIENCE = 60  # seconds; three charts take about two of them
VEGA_LITE = "5.21"


def draw(specs: Sequence[dict[str, Any]], *, root: Path | None = None) -> list[str]:
    """The SVGs of Vega-Lite specifications, in their order. `root` is the folder of kept drawings.

    Raises BfbotError when the child fails; nothing is kept then, so the next call tries again.
    """
    folder = root or config().var / "charts"
    texts = [json.dumps(spec, sort_keys=True) for spec in specs]
    paths = [folder / f"{hashlib.sha256((VEGA_LITE + text).encode()).hexdigest()}.svg" for text in texts]
    drawn = {path: kept for path in paths if (kept := _kept(path))}
    missing = {path: text for path, text in zip(paths, texts, strict=True) if path not in drawn}
    if missing:
        for path, svg in zip(missing, _in_child(list(missing.values())), strict=True):
            write_whole(path, svg.encode())
            drawn[path] = svg
    return [drawn[path] for path in paths]


def labelled(svg: str, title: str, description: str) -> str:
    """The drawing as one image with a name and a description, for those who hear it."""
    head, _, rest = svg.partition(">")
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    opening = head.replace("<svg ", '<svg role="img" ', 1)
    return f"{opening}>{words}{rest}"


def _kept(path: Path) -> str:
    try:
        svg = read_plain(path).decode()
    except (OSError, UnicodeDecodeError):
        return ""
    return svg if svg.startswith("<svg ") else ""


def _in_child(specs: list[str]) -> list[str]:
    package = str(Path(__file__).resolve().parents[2])
    search = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")]))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bfbot.reporting.drawing"],
            input=json.dumps(specs).encode(),
            capture_output=True,
            timeout=PATIENCE,
            env={**os.environ, "PYTHONPATH": search},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(type(error).__name__) from error
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise _failed(last[0] if last else f"exit {done.returncode}")
    drawn = json.loads(done.stdout)
    if len(drawn) != len(specs) or not all(isinstance(one, str) and one.startswith("<svg ") for one in drawn):
        raise _failed("the answer was not a drawing")
    return [str(one) for one in drawn]


def _failed(why: str) -> BfbotError:
    return BfbotError(
        f"The charts could not be drawn ({why}).",
        mend="The tables say the same; try again, and tell whoever runs bfbot if it fails again.",
    )


def main() -> None:
    """The child: specifications in by stdin, drawings out by stdout."""
    import vl_convert  # tens of megabytes that the parent never loads

    specs = json.load(sys.stdin)
    json.dump([vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE) for spec in specs], sys.stdout)


if __name__ == "__main__":
    main()
