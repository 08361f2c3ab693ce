"""Who waits shares a commit; who cannot be served harms nobody else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, close_old_connections, connections, transaction

from bfbot.ledger import account_states, models
from bfbot.ledger.group_commit import AT_MOST, GroupCommit

pytestmark = pytest.mark.django_db(transaction=True)


def in_threads(ask: Callable[[str], str], names: Sequence[str]) -> list[str | Exception]:
    def one(name: str) -> str | Exception:
        close_old_connections()
        try:
            return ask(name)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(names)) as pool:
        return list(pool.map(one, names))


def test_one_alone_is_served_in_its_own_thread() -> None:
    served: list[int] = []

    def together(asked: Sequence[str]) -> list[str]:
        assert transaction.get_connection().in_atomic_block
        served.append(threading.get_ident())
        return [one.upper() for one in asked]

    assert GroupCommit(together).ask("a") == "A"
    assert served == [threading.get_ident()]


def test_those_who_come_meanwhile_share_the_next_transaction() -> None:
    groups: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def together(asked: Sequence[str]) -> list[str]:
        groups.append(len(asked))
        begun.set()
        go_on.wait(60)
        return [one.upper() for one in asked]

    commits = GroupCommit(together)
    names = [f"n{number}" for number in range(20)]
    with ThreadPoolExecutor(1) as first:
        waiting = first.submit(in_threads, commits.ask, ["first"])
        assert begun.wait(60)
        with ThreadPoolExecutor(1) as others:
            rest = others.submit(in_threads, commits.ask, names)
            while len(commits._waiting) < len(names):
                pass
            go_on.set()
            assert rest.result() == [one.upper() for one in names]
        assert waiting.result() == ["FIRST"]
    assert groups == [1, 20]


def test_what_one_cannot_have_is_not_denied_to_the_others() -> None:
    def together(asked: Sequence[str]) -> list[str]:
        for one in asked:
            account_states.stop(one, "test", datetime.now(UTC))
        if "bad" in asked:
            raise IntegrityError("that one")
        return list(asked)

    names = ["good-1", "bad", "good-2", "good-3"]
    answers = in_threads(GroupCommit(together).ask, names)
    assert [type(one) for one in answers] == [str, IntegrityError, str, str]
    assert set(models.AccountState.objects.values_list("pk", flat=True)) == {"good-1", "good-2", "good-3"}


def test_everybody_is_served_once_whatever_the_order() -> None:
    served: list[str] = []

    def together(asked: Sequence[str]) -> list[str]:
        served.extend(asked)
        assert len(asked) <= AT_MOST
        return [one.upper() for one in asked]

    commits = GroupCommit(together)
    names = [f"n{number}" for number in range(40)]
    for _ in range(5):
        served.clear()
        assert in_threads(commits.ask, names) == [one.upper() for one in names]
        assert sorted(served) == sorted(names)
    assert not commits._busy
