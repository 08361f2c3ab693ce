"""From SVG to PNG in a child: drawn once, with words on it, and a clear error when the child fails."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bfbot.errors import BfbotError
from bfbot.media import drawing
from bfbot.media.cards import card_svg
from tests.media.pieces import BRIGHT, fact

SMALL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="#fff"/>'
    '<text x="4" y="30" font-family="Liberation Sans" font-size="28" font-weight="700">139</text></svg>'
)


def dark_pixels(png: bytes) -> int:
    image = Image.open(io.BytesIO(png)).convert("L")
    return sum(image.histogram()[:100])


def test_a_card_becomes_a_png_of_its_size(tmp_path: Path) -> None:
    png = drawing.draw(card_svg(fact(), BRIGHT), root=tmp_path)
    assert Image.open(io.BytesIO(png)).size == (1200, 675)


def test_words_are_drawn(tmp_path: Path) -> None:
    assert dark_pixels(drawing.draw(SMALL, root=tmp_path)) > 200
    assert dark_pixels(drawing.draw(SMALL.replace("139", ""), root=tmp_path)) == 0


def test_a_card_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawing.draw(SMALL, root=tmp_path)
    monkeypatch.setattr(drawing, "_in_child", lambda svg: pytest.fail("drawn again"))
    assert drawing.draw(SMALL, root=tmp_path) == first


def test_a_damaged_kept_card_is_drawn_anew(tmp_path: Path) -> None:
    first = drawing.draw(SMALL, root=tmp_path)
    (kept,) = (tmp_path / "cards").iterdir()
    kept.write_bytes(b"")
    assert drawing.draw(SMALL, root=tmp_path) == first


def test_a_broken_svg_is_one_clear_error_and_keeps_nothing(tmp_path: Path) -> None:
    with pytest.raises(BfbotError, match="could not be drawn") as error:
        drawing.draw("<svg", root=tmp_path)
    assert error.value.mend
    assert not list(tmp_path.rglob("*.png"))


def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(*args: object, **options: object) -> None:
        raise subprocess.TimeoutExpired("draw", 30)

    monkeypatch.setattr(subprocess, "run", hangs)
    with pytest.raises(BfbotError, match="TimeoutExpired"):
        drawing.draw(SMALL, root=tmp_path)


def test_the_parent_never_loads_the_drawing_library() -> None:
    code = "import bfbot.media.resolve, bfbot.media.drawing, sys; sys.exit('vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
