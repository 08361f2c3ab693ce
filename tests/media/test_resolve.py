"""A picture as a message names it: card, file or upload, and no way out of messages/."""

from __future__ import annotations

from pathlib import Path

import pytest

from bfbot.domain.message import MediaUse
from bfbot.errors import ContentRefused
from bfbot.media import blobs
from bfbot.media.resolve import picture
from tests.media.pieces import fact, revision
from tests.media.test_blobs import picture as png


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home" / "messages" / "pictures"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(png())
    (tmp_path / "outside.png").write_bytes(png())
    return tmp_path / "home"


def test_a_card_is_drawn_and_stored(home: Path) -> None:
    proof = picture(MediaUse("139 per cent.", card="rise"), revision(), home)
    assert (proof.width, proof.height, proof.mime, proof.alt) == (1200, 675, "image/png", "139 per cent.")
    assert blobs.read(proof.digest, root=home / "var" / "media")
    assert picture(MediaUse("139 per cent.", card="rise"), revision(), home) == proof


def test_a_changed_figure_is_another_picture(home: Path) -> None:
    use = MediaUse("A card.", card="rise")
    assert picture(use, revision(), home).digest != picture(use, revision(fact(value="140")), home).digest


def test_a_card_wears_the_colours_of_its_campaign(home: Path) -> None:
    use = MediaUse("A card.", card="rise")
    assert picture(use, revision(), home, campaign="county-children") != picture(use, revision(), home)


def test_a_file_below_messages(home: Path) -> None:
    proof = picture(MediaUse("A blue field.", file="pictures/a.png"), revision(), home)
    assert (proof.width, proof.height) == (40, 20)
    assert picture(MediaUse("Again.", blob=proof.digest), revision(), home).digest == proof.digest


@pytest.mark.parametrize(
    "name",
    ["../../outside.png", "pictures/../../../outside.png", "/etc/passwd", "pictures/none.png", "pictures", "\0"],
)
def test_no_way_out_of_messages(home: Path, name: str) -> None:
    with pytest.raises(ContentRefused) as refused:
        picture(MediaUse("x", file=name), revision(), home)
    assert refused.value.mend


def test_a_link_that_leads_out_is_refused(home: Path) -> None:
    (home / "messages" / "pictures" / "link.png").symlink_to(home.parent / "outside.png")
    (home / "messages" / "folder").symlink_to(home.parent)
    for name in ("pictures/link.png", "folder/outside.png"):
        with pytest.raises(ContentRefused, match="not inside messages"):
            picture(MediaUse("x", file=name), revision(), home)


def test_unknown_statistics_and_owners_are_named(home: Path) -> None:
    with pytest.raises(ContentRefused, match="no statistic “gap”"):
        picture(MediaUse("x", card="gap"), revision(), home)
    with pytest.raises(ContentRefused, match="No campaign of Nobody"):
        picture(MediaUse("x", card="rise"), revision(fact(owner="Nobody")), home)
    with pytest.raises(ContentRefused, match="neither"):
        picture(MediaUse("x"), revision(), home)
