"""bfbot as somebody has it who installed the package: no checkout beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bfbot` command of a wheel that was built from this tree, in an environment of its own."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("bfbot", "messages", "schedules"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "config.example.env"):
        shutil.copy(ROOT / name, tree / name)
    home = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    # The libraries are those of the tests' own environment; only bfbot itself is installed anew.
    site = next(home.glob("lib/python*/site-packages"))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
        "--python",
        home / "bin" / "python",
    ]
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-build-isolation", "--no-index", "--ignore-installed", str(tree)],
        check=True,
    )
    return home / "bin" / "bfbot"


def run(command: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "BFBOT_HOME": str(home)}
    return subprocess.run(
        [str(command), *arguments], env=environment, cwd=home.parent, capture_output=True, text=True, timeout=60
    )


def test_the_package_brings_the_shipped_campaigns(installed: Path, tmp_path: Path) -> None:
    made = run(installed, "init", str(tmp_path / "campaign"), home=tmp_path)
    assert made.returncode == 0, made.stderr
    for folder in ("messages", "messages/pictures", "schedules"):
        shipped = sorted(one.name for one in (ROOT / folder).iterdir())
        assert sorted(one.name for one in (tmp_path / "campaign" / folder).iterdir()) == shipped
    checked = run(installed, "check", home=tmp_path / "campaign")
    assert checked.returncode == 0, checked.stdout
    assert "Errors: 0" in checked.stderr


def test_nothing_goes_out_of_a_new_workspace_until_people_have_approved_it(
    installed: Path, tmp_path: Path
) -> None:
    home = tmp_path / "campaign"
    assert run(installed, "init", str(home), home=tmp_path).returncode == 0
    passed = run(installed, "once", home=home)
    assert passed.returncode == 0, passed.stderr
    posts = json.loads(run(installed, "queue", "list", "--json", home=home).stdout)
    assert {post["state"] for post in posts} == {"in_review"}, "posts are planned, and wait"
    assert {one["state"] for post in posts for one in post["deliveries"]} == {"planned"}


def test_an_empty_workspace_has_campaigns_but_no_accounts(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "bare"
    assert run(installed, "init", "--empty", str(home), home=tmp_path).returncode == 0
    assert run(installed, "check", home=home).returncode == 0
    assert "No accounts yet" in run(installed, "accounts", "list", home=home).stderr


def test_a_folder_with_something_in_it_is_left_alone(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    refused = run(installed, "init", str(tmp_path), home=tmp_path)
    assert refused.returncode == 2
    assert "is not empty" in refused.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]
