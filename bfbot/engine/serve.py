"""The pages, by waitress, in a thread of their own."""

from __future__ import annotations

import errno
import logging
import threading
from typing import Any

from bfbot.config import Config
from bfbot.errors import ConfigurationError

THREADS = 6
"""Today asks for its parts at once; more at a time only makes each of them wait for the same processor."""


class Pages:
    """Bound at once, so that a taken port is told before anything runs; served from `start` on."""

    def __init__(self, config: Config, port: int) -> None:
        from django.utils.module_loading import import_string
        from waitress.server import create_server

        # A page that waits a moment for its turn is nothing to tell the log.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
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

    def start(self) -> None:
        threading.Thread(target=self._server.run, name="pages", daemon=True).start()

    def stop(self) -> None:
        """Answer nobody new; a page that is being made gets a second to end."""
        self._server.close()
        self._server.task_dispatcher.shutdown(timeout=1)


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
