"""Accounts as the networks treat them: rate limits, and stops until a person has seen to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bfbot.domain.sending import AccountStanding
from bfbot.ledger import models
from bfbot.ledger.light_rows import light_rows


def standing(account: str) -> AccountStanding:
    """An account that nothing is known of may send."""
    row = models.AccountState.objects.filter(pk=account).first()
    return _to_domain(row) if row else AccountStanding(account)


def standing_of(accounts: Iterable[str]) -> dict[str, AccountStanding]:
    """By account, each of them."""
    names = list(accounts)
    known = {row.account: _to_domain(row) for row in light_rows(models.AccountState, "account", names)}
    return {one: known.get(one, AccountStanding(one)) for one in names}


def stopped() -> list[AccountStanding]:
    """Accounts that wait for a person."""
    return [_to_domain(row) for row in models.AccountState.objects.exclude(stopped_reason="").order_by("pk")]


def wait_until(account: str, moment: datetime) -> None:
    """Nothing of this account before `moment`; it takes no try from any delivery."""
    models.AccountState.objects.update_or_create(account=account, defaults={"next_at": moment})


def stop(account: str, reason: str, now: datetime) -> None:
    """Nothing of this account until it is started again."""
    models.AccountState.objects.update_or_create(
        account=account, defaults={"stopped_reason": reason, "stopped_at": now}
    )


def start(account: str) -> bool:
    """False when it was not stopped."""
    rows = models.AccountState.objects.filter(account=account).exclude(stopped_reason="")
    return bool(rows.update(stopped_reason="", stopped_at=None))


def _to_domain(row: models.AccountState) -> AccountStanding:
    return AccountStanding(row.account, row.next_at, row.stopped_reason, row.stopped_at, row.live_since)
