"""Hands a message to the team's addresses, in a process of its own.

apprise takes some 30 MB once it is loaded, and one of its hundred services may hang: both end with that process.
The addresses go there by a pipe and are named nowhere, for they hold passwords: a log says which one by number.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bfbot.alerts.wording import Message

log = logging.getLogger(__name__)

SECONDS = 45.0
_CHILD = Path(__file__).with_name("sender_child.py")


def send(addresses: Sequence[str], message: Message) -> bool:
    """Whether at least one address took it. Never raises for what an address does."""
    outcomes = send_each(addresses, message)
    for number, outcome in enumerate(outcomes, 1):
        if outcome != "sent":
            log.warning("an address takes no alerts", extra={"number": number, "outcome": outcome})
    return "sent" in outcomes


def send_each(addresses: Sequence[str], message: Message) -> list[str]:
    """For each address in its order: sent | refused | not an address | no answer."""
    given = json.dumps({"addresses": list(addresses), "title": message.title, "body": message.body})
    kept = {name: os.environ[name] for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  # our own file, run by our own interpreter
            [sys.executable, "-I", str(_CHILD)],
            input=given.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", **kept},
            timeout=SECONDS,
            check=False,
        )
        outcomes = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        outcomes = []
    return [str(one) for one in outcomes] if len(outcomes) == len(addresses) else ["no answer"] * len(addresses)
