"""The sample workspace's folder: the shipped campaigns, with a sample feed beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

from bfbot.errors import UsageError
from bfbot.library.shipped import shipped_folder

MARKER = "SAMPLE"
FEED = "sample-news"
FEED_FILE = "sample-news.xml"

_FEEDS = f"""\
# The sample workspace reads its news from a file; a real one names the address of a feed.
feeds:
  - id: {FEED}
    url: file:{FEED_FILE}
    campaigns: [bright-futures]
    accounts: [practice-lga]
    every: 10 s
    template: release
    publish: draft
"""


def lay_out(home: Path) -> None:
    """Make the folder, or bring its shipped files up to date. Raises UsageError for a folder that is another's."""
    if home.exists() and any(home.iterdir()) and not (home / MARKER).exists():
        raise UsageError(f"{home} is not empty and no sample workspace.", mend="Choose another folder.")
    home.mkdir(parents=True, exist_ok=True)
    (home / MARKER).write_text("Practice only. Everything here may be deleted and is made again by `make up`.\n")
    for folder in ("messages", "schedules"):
        shutil.rmtree(home / folder, ignore_errors=True)
        shutil.copytree(shipped_folder() / folder, home / folder)
    (home / "schedules" / "feeds.yaml").write_text(_FEEDS)
