"""The unit of work: see what is wrong, tell what is new, write down what was told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from bfbot.alerts.decide import RELAPSE, may_tell, to_notice, troubles
from bfbot.alerts.gather import gather
from bfbot.alerts.seen import Trouble
from bfbot.alerts.sender import send
from bfbot.alerts.wording import Message, line, message
from bfbot.config import Config, config
from bfbot.ledger import alerts, watching

log = logging.getLogger(__name__)

Sender = Callable[[Sequence[str], Message], bool]
_MESSAGE = "alert message"
"""Under this name the moment of the last message is kept, whether it got through or not."""


def tell(
    now: datetime,
    *,
    clock_age: timedelta | None = None,
    backup_at: datetime | None = None,
    sender: Sender = send,
) -> int:
    """How many troubles were told; 0 too when the message did not get through, which is tried again.

    Without addresses each trouble is one line of the log.
    """
    settings = config()
    found = troubles(gather(now, clock_age=clock_age, backup_at=backup_at), now)
    _notice(found, settings, now)
    told = alerts.known()
    untold = [one for one in found if told[one.key].told_at is None]
    if not untold:
        return 0
    if not settings.alert_urls:
        alerts.told([one.key for one in untold], now)
        return len(untold)
    if not may_tell(watching.written_at(_MESSAGE), now):
        return 0
    watching.write(_MESSAGE, now)
    if not sender(settings.alert_urls, _message(untold, settings)):
        log.error("an alert did not get through; it is tried again", extra={"troubles": len(untold)})
        return 0
    alerts.told([one.key for one in untold], now)
    return len(untold)


def _notice(found: Sequence[Trouble], settings: Config, now: datetime) -> None:
    """Write down what came, what went away and what is back; what came is a line in the log."""
    known = alerts.known()
    news = to_notice(found, known, now)
    keys = {one.key for one in found}
    fresh = {one.key for one in news}
    with transaction.atomic():
        for one in news:
            alerts.notice(one.key, one.fingerprint, line(one, settings.timezone), one.path, now)
        alerts.there_again(key for key in keys - fresh if known[key].over_at is not None)
        alerts.over((key for key, one in known.items() if key not in keys and one.over_at is None), now)
        alerts.forget(now - 2 * RELAPSE)
    for one in news:
        log.warning("alert", extra={"alert": line(one, settings.timezone), "post": one.post, "about": one.kind})


def _message(untold: Sequence[Trouble], settings: Config) -> Message:
    name = "bfbot (sample workspace)" if settings.sample else "bfbot"
    return message(untold, address=address(settings), zone=settings.timezone, name=name)


def address(settings: Config) -> str:
    """Of the pages, as far as this process knows."""
    return settings.public_url or f"http://127.0.0.1:{settings.port}"
