"""The pages, by waitress, in a thread of their own."""

from __future__ import annotations

import errno
import logging
import threading
import time
from typing import Any

from bfbot.config import Config
from bfbot.errors import ConfigurationError

THREADS = 6
"""Today asks for its parts at once; more at a time only makes each of them wait for the same processor."""

LAST_PAGES = 1.0
"""Seconds that pages which are being made get when bfbot stops."""

_AGAIN = 0.02


class Pages:
    """Bound at once, so that a taken port is told before anything runs; served from `start` on."""

    def __init__(self, config: Config, port: int) -> None:
        from django.utils.module_loading import import_string
        from waitress.server import create_server

        # A page that waits a moment for its turn is nothing to tell the log.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        application = import_string("bfbot.web.wsgi.application")
        # Only this computer, unless the team named the hosts under which the pages answer.
        host = "0.0.0.0" if config.allowed_hosts else "127.0.0.1"  # noqa: S104  # asked for by BFBOT_ALLOWED_HOSTS
        try:
            self._server: Any = create_server(
                application,
                host=host,
                port=port,
                threads=THREADS,
                ident="bfbot",
                clear_untrusted_proxy_headers=True,
            )
        except OSError as error:
            raise _no_port(error, port) from None
        self.address = config.public_url or f"http://127.0.0.1:{port}"
        self._thread = threading.Thread(target=self._serve, name="pages", daemon=True)
        self._ends: float | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Answer nobody new; a page that is being made gets a second to end."""
        self._ends = time.monotonic() + LAST_PAGES
        self._server.pull_trigger()
        # Short sleeps, not a timed wait: those hang where the machine's clock is simulated.
        while self._thread.is_alive() and time.monotonic() < self._ends + _AGAIN:
            time.sleep(_AGAIN)
        self._server.task_dispatcher.set_thread_count(0)

    def _serve(self) -> None:
        """waitress's own `run` and `close`, but for this: what this thread waits for, it closes itself.

        Closed by another one, the wait fails. And the pipe that wakes this thread stays open: who is still making
        a page writes to it by its number, which may be that of the database's file by then.
        """
        while self._ends is None:
            self._turn(self._server.adj.asyncore_loop_timeout)
        self._server.asyncore.dispatcher.close(self._server)
        while any(map(_busy, self._channels())) and time.monotonic() < self._ends:
            self._turn(_AGAIN)
        for idle in [one for one in self._channels() if not _busy(one)]:
            idle.handle_close()

    def _turn(self, seconds: float) -> None:
        adjusted = self._server.adj
        self._server.asyncore.loop(seconds, adjusted.asyncore_use_poll, self._server._map, count=1)

    def _channels(self) -> list[Any]:
        return list(self._server.active_channels.values())


def _busy(channel: Any) -> bool:
    """Whether its page is being made, or on its way."""
    return bool(channel.requests or channel.total_outbufs_len)


def _no_port(error: OSError, port: int) -> ConfigurationError:
    another = port + 1 if port < 65535 else 8000
    if error.errno == errno.EADDRINUSE:
        return ConfigurationError(
            f"Port {port} is taken by another program.", mend=f"Choose another: bfbot up --port {another}."
        )
    if error.errno == errno.EACCES:
        return ConfigurationError(
            f"Port {port} may not be opened by this user.", mend="Choose one above 1023: bfbot up --port 8000."
        )
    return ConfigurationError(f"Port {port} cannot be opened: {error.strerror}.", mend="Choose another port.")
