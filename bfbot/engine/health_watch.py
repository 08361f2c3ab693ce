"""People are told what needs them: by a beat of the clock, and by a thread of its own when no beat comes."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, close_old_connections

from bfbot.alerts.tell import tell
from bfbot.alerts.without_ledger import Cry
from bfbot.engine.backup import behind_since, wait_for_the_first
from bfbot.engine.database import readable
from bfbot.engine.health import LATE, Pulse, pulse
from bfbot.ledger import watching

log = logging.getLogger(__name__)

LOOK_EVERY = 10.0
_one_at_a_time = threading.Lock()
_cry = Cry()


def alert(now: datetime) -> int:
    """Tell what was not told yet; how much that was. Raises what the database raises, having told that too."""
    with _one_at_a_time:
        try:
            watching.write("alert", now)
            wait_for_the_first(now)
            count = tell(now, clock_age=pulse.worst(), backup_at=behind_since(now))
        except DatabaseError as error:
            _cry.fails(str(readable(error)), now)
            raise
        _cry.works()
        return count


class Watch:
    """Looks every ten seconds whether the clock still gets its work done; alerts by itself when it does not."""

    def __init__(self, now: Callable[[], datetime], of: Pulse = pulse, every: float = LOOK_EVERY) -> None:
        self._now, self._pulse, self._every = now, of, every
        self._ending = False

    def start(self) -> None:
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        self._ending = True

    def look(self) -> bool:
        """Whether the clock was late."""
        age = self._pulse.age()
        if age is None or age <= LATE:
            return False
        try:
            close_old_connections()
            alert(self._now())
        except Exception as error:  # whatever it is: this thread is the last one that can speak
            log.error("late, and nobody could be told", extra={"error": type(error).__name__})
        return True

    def _run(self) -> None:
        while not self._ending:
            time.sleep(self._every)  # no timed wait: those hang where the machine's clock is simulated
            self.look()
