"""What every test stands on: a workspace of its own, and skips that are failures where everything must run."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings

from bfbot.config import config

# The tests' workspace is a new folder, never the developer's own: tests write and delete in it.
os.environ["BFBOT_HOME"] = tempfile.mkdtemp(prefix="bfbot-tests-")
# A database other than SQLite comes by its own name alone: tests/postgres hands it over.
database = os.environ.get("BFBOT_TEST_DATABASE_URL", "")
KEPT = {"BFBOT_HOME", "BFBOT_TEST_ALL", "BFBOT_TEST_DATABASE_URL", "BFBOT_PICTURES"}
for name in [one for one in os.environ if one.startswith("BFBOT_") and one not in KEPT]:
    del os.environ[name]
if database:
    os.environ["BFBOT_DATABASE_URL"] = database

# pytest-django has read the settings by now, before any conftest is loaded.
config.cache_clear()
assert str(config().home) == os.path.realpath(os.environ["BFBOT_HOME"])
# Workers of pytest-xdist begin in this folder, all at once, before each has its own: the key is there by then.
config().secret_key()

# How long an example takes is the machine's doing. With BFBOT_TEST_ALL=1, as in CI, a run tries
# what the last one tried: a rare example is found where somebody looks for it, in every other run.
hypothesis.settings.register_profile(
    "bfbot",
    deadline=None,
    derandomize=os.environ.get("BFBOT_TEST_ALL") == "1",
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("bfbot")

MAY_SKIP = "shared/specs"


@pytest.fixture(autouse=True)
def loggers_as_they_were() -> Iterator[None]:
    """A command that runs inside of a test sets the levels of its own process: the tests'.

    Tools that tests call (the one that migrates the Mastodon server's database) switch off every logger they find.
    """
    kept = [(one, one.level) for one in (logging.getLogger(), logging.getLogger("bfbot"))]
    yield
    for logger, level in kept:
        logger.setLevel(level)
    for name in [one for one in logging.root.manager.loggerDict if one.startswith("bfbot")]:
        logging.getLogger(name).disabled = False


# What a process of bfbot keeps in its memory about the workspace and the ledger that it is of, by module and name.
REMEMBERED = {
    "bfbot.desk.rechecking": "facts_of",
    "bfbot.desk.unsigned": "_alone",
    "bfbot.desk.where_used": "_as_it_was",
    "bfbot.media.clips": "_refused",
    "bfbot.planning.plan": "_tried",
    "bfbot.platforms.mastodon_media": "_up",
    "bfbot.platforms.x": "_uploaded",
    "bfbot.web.verdicts": "_known",
}


@pytest.fixture(autouse=True)
def a_process_that_has_just_begun() -> None:
    """Each test has a ledger of its own, and revisions count from 1 in each: what another one's said is forgotten.

    Else a posting time that nothing could fill there stays empty here, or not, by the order of the tests.
    """
    for module, name in REMEMBERED.items():
        if module in sys.modules:
            kept = getattr(sys.modules[module], name)
            (kept.clear if isinstance(kept, dict) else kept.cache_clear)()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """With BFBOT_TEST_ALL=1 a skip is a failure, but for checks against ../shared/specs where it is missing."""
    report = yield
    if os.environ.get("BFBOT_TEST_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if MAY_SKIP not in reason:
            report.outcome = "failed"
            report.longrepr = f"BFBOT_TEST_ALL=1 allows no skip: {reason}"
    return report


@pytest.fixture(scope="session", autouse=True)
def people_have_patience() -> None:
    """Where a page waits a moment before it says "not yet", it is there in time on however busy a machine."""
    from bfbot.desk import clips_ahead
    from bfbot.web.pages import evergreen

    clips_ahead.PATIENCE = evergreen.PATIENCE = 60.0


# What takes minutes begins first, so that no worker is left with it when the others have finished.
LONGEST_FIRST = ("postgres", "slow", "browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For workers of pytest-xdist, which take whole files in this order. Without them tests keep their own."""
    if not hasattr(config, "workerinput"):
        return
    files: dict[Path, int] = {}
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        rank = next((index for index, name in enumerate(LONGEST_FIRST) if name in marks), len(LONGEST_FIRST))
        files[item.path] = min(rank, files.get(item.path, rank))
    items.sort(key=lambda item: files[item.path])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """SQLite's test database lies in memory, in each worker's own; on PostgreSQL each worker's has its name."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests that commit for real are cleaned up by emptying every table: the audit's guard gives way to that.

    tests/ledger/test_audit.py puts the guard back for itself.
    """
    from tests.ledger.guard import take_away

    with django_db_blocker.unblock():
        take_away()
