"""Run by itself in a child process: one message and its addresses as JSON in, what became of each as JSON out.

Started by path, so it imports nothing of bfbot. Nothing but that answer is written: addresses hold passwords.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def deliver(address: str, title: str, body: str) -> str:
    """sent | refused | not an address."""
    import apprise

    # Nothing is kept on disk, and no character of a post's text means anything to a service.
    asset = apprise.AppriseAsset(
        storage_mode=apprise.PersistentStoreMode.MEMORY, app_id="bfbot", interpret_escapes=False
    )
    one = apprise.Apprise(asset=asset)
    if not one.add(address):
        return "not an address"
    took = one.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT)
    return "sent" if took else "refused"


def main() -> None:
    given: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    addresses: list[str] = given["addresses"]

    def to(address: str) -> str:
        try:
            return deliver(address, given["title"], given["body"])
        except Exception:  # of one service: the others are to be told all the same
            return "refused"

    with ThreadPoolExecutor(max_workers=max(1, min(8, len(addresses)))) as pool:
        outcomes = list(pool.map(to, addresses))
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    main()
