"""What every test stands on: a workspace of its own, and skips that are failures where everything must run."""

from __future__ import annotations

import os
import tempfile

import pytest

# Before Django reads its settings: the tests' workspace is a new folder, never the developer's own.
os.environ["BFBOT_HOME"] = tempfile.mkdtemp(prefix="bfbot-tests-")
for name in [
    one for one in os.environ if one.startswith("BFBOT_") and one not in {"BFBOT_HOME", "BFBOT_TEST_ALL"}
]:
    del os.environ[name]

MAY_SKIP = "shared/specs"


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
