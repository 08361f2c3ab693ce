"""Every setting, network, make target and file that a document names is there, and every setting is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bfbot.config import SETTINGS
from bfbot.library.shipped import shipped_folder
from bfbot.platforms.registry import PLATFORMS
from tests.docs.documents import ROOT, Named, documents, paths, platforms, settings, targets

SETTING_NAMES = {one.name for one in SETTINGS}
OF_WORKSPACES = {".env", "var", "running", "SAMPLE"}
"""What `bfbot init` and `bfbot up` make in a workspace, beside the shipped folders."""


def of_developers() -> set[str]:
    """Names that only the tests and what calls them read."""
    files = [ROOT / "Makefile", ROOT / ".ci/run", *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in files if path.is_file()]
    return {name for text in texts for name in re.findall(r"\bBFBOT_(?:TEST_ALL|PICTURES)\b", text)}


@pytest.mark.parametrize("named", settings(), ids=str)
def test_a_setting_that_is_named_is_one(named: Named) -> None:
    assert named.text in SETTING_NAMES | of_developers()


@pytest.mark.parametrize("name", sorted(SETTING_NAMES))
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in documents()["README.md"]


@pytest.mark.parametrize("one", SETTINGS, ids=lambda one: one.name)
def test_every_setting_is_in_the_example_with_its_default(one: object) -> None:
    setting = next(each for each in SETTINGS if each == one)
    example = (ROOT / "config.example.env").read_text(encoding="utf-8")
    if setting.name == "BFBOT_HOME":  # it says where .env lies
        assert "BFBOT_HOME=" not in example
    else:
        assert f"\n#{setting.name}={setting.default}\n" in example


def test_the_example_names_no_setting_that_is_none() -> None:
    example = (ROOT / "config.example.env").read_text(encoding="utf-8")
    named = {name.removesuffix("_FILE") for name in re.findall(r"\bBFBOT_[A-Z_]*[A-Z]\b", example)}
    assert named <= SETTING_NAMES


@pytest.mark.parametrize("named", platforms(), ids=str)
def test_a_network_that_is_named_is_one(named: Named) -> None:
    assert named.text in PLATFORMS


@pytest.mark.parametrize("named", targets(), ids=str)
def test_a_target_that_is_named_is_in_the_makefile(named: Named) -> None:
    assert re.search(rf"^{named.text}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("named", paths(), ids=str)
def test_a_path_that_is_named_is_there(named: Named) -> None:
    parts = Path(re.sub(r"<[^>]*>", "*", named.text)).parts
    pattern = "/".join(parts)
    beside = (ROOT / named.document).parent
    for folder in (ROOT, ROOT / "bfbot", beside, shipped_folder()):
        if any(folder.glob(pattern)):
            return
    # A file by its name alone: its folder is told by the sentence around it.
    alone = len(parts) == 1 and any((ROOT / "bfbot").rglob(pattern))
    assert alone or parts[0] in OF_WORKSPACES, f"{named.text} is not there"
