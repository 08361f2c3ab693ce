"""The units of work. Each finds what to do in the ledger, so that one lost or run twice does no harm."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bfbot.desk.clips_ahead import prepare_library
from bfbot.desk.corrections import recheck_all
from bfbot.desk.link_check import check_due
from bfbot.engine import backup, logs, secrets
from bfbot.engine.health import pulse
from bfbot.engine.health_watch import alert
from bfbot.engine.port import Engine, Unit
from bfbot.errors import BfbotError
from bfbot.ledger.candidates import accounts_in_doubt
from bfbot.library import current_revision, last_faults
from bfbot.measuring.measure import measure_due
from bfbot.news.poll import due_feeds, poll
from bfbot.planning.plan import plan_ahead
from bfbot.platforms.registry import known
from bfbot.publishing.drain import drain
from bfbot.publishing.reconcile import adopt_stale, rescue_account
from bfbot.publishing.release import release_due
from bfbot.reporting.weekly import draft_due

log = logging.getLogger(__name__)

BACKUP_AGAIN = timedelta(minutes=10)
"""So long after a backup that failed, the next one is tried."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Work:
    """The units as the clock hands them over; `worker` names this process in claims and attempts."""

    def __init__(self, engine: Engine, worker: str, stopping: Callable[[], bool]) -> None:
        self._engine = engine
        self._worker = worker
        self._stopping = stopping
        self._faults: tuple[str, ...] = ()
        self._no_backup_since: datetime | None = None

    def publish(self) -> None:
        """What is due becomes a unit an account."""
        self._submit("release", self._release)

    def read_feeds(self) -> None:
        self._submit("feeds", self._feeds)

    def reload(self) -> None:
        self._submit("library", self._library)

    def recheck(self) -> None:
        self._submit("recheck", self._recheck)

    def prepare_clips(self) -> None:
        self._submit("clips", lambda: prepare_library(utc_now()))

    def plan(self) -> None:
        self._submit("plan", lambda: _say("planned", count=plan_ahead(utc_now())))

    def measure(self) -> None:
        self._submit("measure", lambda: _say("measured", count=measure_due(utc_now()).posts))

    def report(self) -> None:
        self._submit("report", lambda: _say("reports drafted", count=len(draft_due(utc_now()))))

    def settle(self) -> None:
        """What is in doubt becomes a unit an account, too."""
        self._submit("settle", self._settle)

    def check_links(self) -> None:
        self._submit("links", lambda: _say("links looked at", count=check_due(utc_now())))

    def alert(self) -> None:
        self._submit("alert", lambda: _say("people told", count=alert(utc_now())))

    def backup(self) -> None:
        self._submit("backup", self._back_up)

    def _submit(self, key: str, run: Callable[[], None]) -> None:
        self._engine.submit(Unit(key, run))

    def _release(self) -> None:
        for account in release_due(utc_now()):
            self._submit(f"drain:{account}", partial(self._drain, account))
        pulse.beat()

    def _drain(self, account: str) -> None:
        _say(
            "published",
            account=account,
            count=drain(account, clock=utc_now, worker=self._worker, stopping=self._stopping),
        )

    def _settle(self) -> None:
        adopt_stale(utc_now(), self._worker)
        for account in accounts_in_doubt(utc_now()):
            self._submit(f"settle:{account}", partial(self._settle_account, account))

    def _settle_account(self, account: str) -> None:
        _say("settled", account=account, count=rescue_account(account, utc_now, self._worker))

    def _feeds(self) -> None:
        for feed in due_feeds(utc_now()):
            self._submit(f"poll:{feed}", partial(self._poll, feed))

    def _poll(self, feed: str) -> None:
        try:
            result = poll(feed, utc_now())
        except BfbotError as error:
            log.warning("feed failed", extra={"feed": feed, "error": str(error)})
        else:
            _say("releases found", feed=feed, count=len(result.new))

    def _recheck(self) -> None:
        done = recheck_all(utc_now())
        _say("posts back: a statistic, a right or a consent", count=len(done.back), posts=list(done.back))
        _say("live posts with an old figure", count=done.live)

    def _back_up(self) -> None:
        now = utc_now()
        if self._no_backup_since is not None and timedelta() <= now - self._no_backup_since < BACKUP_AGAIN:
            return
        self._no_backup_since = now  # until it has been made: a full disk is not filled again every minute
        made = backup.make_when_due(now)
        self._no_backup_since = None
        _say("backed up", count=made is not None, file=made.name if made else "")

    def _library(self) -> None:
        revision = current_revision(utc_now(), platforms=known())
        logs.hide(secrets.of_accounts(revision))
        faults = tuple(str(one) for one in last_faults() if one.level == "error")
        if faults != self._faults:
            self._faults = faults
            for fault in faults:
                log.warning("fault in the files; their last good state stays in use", extra={"fault": fault})
            if not faults:
                log.info("the files are good again", extra={"revision": revision.number})


def _say(what: str, *, count: int, **more: object) -> None:
    """Only what happened is worth a line."""
    if count:
        log.info(what, extra={"count": count, **more})
