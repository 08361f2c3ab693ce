"""Copies of bfbot with one guard taken out, to show that the kill tests notice."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.faults.processes import ROOT

MUTATIONS: dict[str, list[tuple[str, str, str]]] = {
    # Whoever comes may take a delivery, taken or not.
    "claim": [
        (
            "ledger/candidates.py",
            "cursor.execute(_HEADS.format(asked=asked), [str(_S.SENDING), str(_S.DUE), *accounts])",
            """cursor.execute(
                _HEADS.format(asked=asked).replace("one.state = %s", "one.state IN ('sending', %s)"),
                ["", "due", *accounts],
            )""",
        ),
        ("ledger/candidates.py", "filter(account=account, state=_S.SENDING).exists()", "none().exists()"),
        ("publishing/claim.py", "if delivery.state is not DeliveryState.DUE:", "if False:"),
        ("ledger/claims.py", '"WHERE state = %s AND id IN"', """"WHERE %s <> '' AND id IN\""""),
    ],
    # A fresh key for every try.
    "key": [
        (
            "domain/sending.py",
            'return delivery.key if part == 0 else f"{delivery.key}-{part}"',
            'return __import__("uuid").uuid4().hex',
        ),
    ],
    # What has no answer counts as not there: sent again blindly.
    "read-back": [
        (
            "publishing/readback.py",
            "receipt = platform.find(replace(sending, tried_since=sending.tried_since - CLOCK_MOVES))",
            "receipt = None",
        )
    ],
    # Whatever was due once goes out, however late.
    "window": [
        ("ledger/candidates.py", "due_at__lte=now, closes_at__gt=now)", "due_at__lte=now)"),
        ("publishing/decide.py", "if now >= delivery.closes_at:", "if False:"),
        ("publishing/decide.py", "if not delivery.due_at <= now < delivery.closes_at:", "if False:"),
        (
            "publishing/decide.py",
            'return None if candidate.delivery.due_at <= now < candidate.delivery.closes_at else ""',
            "return None",
        ),
        ("rules/timing.py", "elif case.now >= one.closes_at:", "elif False:"),
    ],
    # A pause is written down, and nobody asks for it.
    "hold": [
        (
            "publishing/decide.py",
            "return next((one for one in holds if one.stands_at(now) and _covers(one, candidate)), None)",
            "return None",
        ),
        ("rules/holds.py", "if hold.stands_at(moment) and covers(hold, case, delivery):", "if False:"),
    ],
    # A pause is acknowledged whatever is on its way, and says nothing of it.
    "acknowledgement": [
        ("desk/stops.py", "WAITS = 3.0", "WAITS = -1.0"),
        ("desk/stops.py", "for one in candidates.on_their_way()", "for one in []"),
    ],
}


def without(guard: str, folder: Path) -> Path:
    """A copy of bfbot in `folder`, which goes on PYTHONPATH, without that guard; fails when its source changed."""
    shutil.copytree(ROOT / "bfbot", folder / "bfbot")  # with times, so that what is compiled stays good
    for name, old, new in MUTATIONS[guard]:
        path = folder / "bfbot" / name
        source = path.read_text()
        assert source.count(old) == 1, f"{name} holds this {source.count(old)} times, not once: {old}"
        path.write_text(source.replace(old, new))
    return folder
