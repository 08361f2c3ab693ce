"""A mail server for tests: takes what is sent to it over SMTP and keeps it."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage
from typing import Self


class MailServer:
    """`mails` as they came. On 127.0.0.1, on a port of its own."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        mails = self.mails

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self._say("220 mail.example")
                for line in self.rfile:
                    word = line.decode("ascii", "replace").strip().upper()
                    if word == "DATA":
                        self._say("354 go on")
                        self._take()
                    elif word == "QUIT":
                        self._say("221 bye")
                        return
                    self._say("250 fine")

            def _take(self) -> None:
                lines = []
                for line in self.rfile:
                    if line == b".\r\n":
                        break
                    lines.append(line.removeprefix(b"."))
                read = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                assert isinstance(read, EmailMessage)
                mails.append(read)

            def _say(self, line: str) -> None:
                self.wfile.write(f"{line}\r\n".encode())

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        """For BFBOT_ALERT_URLS."""
        port = self._server.server_address[1]
        return f"mailto://127.0.0.1:{port}?from=bfbot@mail.example&to=desk@mail.example&mode=insecure"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
