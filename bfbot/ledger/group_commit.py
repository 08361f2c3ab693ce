"""Many threads, one transaction: who comes while another one writes, waits and shares the next commit.

A commit that is safe on disk costs the same for one row as for fifty. There is no thread of its own: the first who
comes does the work of all who wait, and hands over when somebody came meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from django.db import transaction

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")

AT_MOST = 100
"""So many share one transaction: all other writers wait while it lasts."""


class _Ticket(Generic[Asked, Answered]):
    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.called = threading.Lock()
        self.called.acquire()  # released by whoever has the answer, or hands over the lead
        self.leads = False
        self.answer: Answered
        self.failure: BaseException | None = None

    def is_to_lead(self) -> bool:
        """Another thread may say so at any time."""
        return self.leads


class GroupCommit(Generic[Asked, Answered]):
    """`together` answers a list of questions, in its order, inside a transaction that this class opens.

    When it fails as a whole, each question is asked again in a transaction of its own, so that one that cannot be
    answered harms no other; its error is raised where it was asked. `together` must not have effects elsewhere.
    """

    def __init__(self, together: Callable[[Sequence[Asked]], Sequence[Answered]]) -> None:
        self._together = together
        self._turn = threading.Lock()
        self._waiting: list[_Ticket[Asked, Answered]] = []
        self._busy = False

    def ask(self, asked: Asked) -> Answered:
        """The answer, committed. Raises what the ledger raised."""
        mine: _Ticket[Asked, Answered] = _Ticket(asked)
        with self._turn:
            self._waiting.append(mine)
            mine.leads = not self._busy
            self._busy = True
        if not mine.leads:
            mine.called.acquire()
        if mine.is_to_lead():
            self._lead()
        if mine.failure is not None:
            raise mine.failure
        return mine.answer

    def _lead(self) -> None:
        with self._turn:
            group, self._waiting = self._waiting[:AT_MOST], self._waiting[AT_MOST:]
        try:
            self._answer(group)
        except BaseException as error:
            for one in group:
                one.failure = error
        finally:
            with self._turn:
                following = self._waiting[0] if self._waiting else None
                self._busy = following is not None
                if following is not None:
                    following.leads = True
            for one in (*group, *([following] if following else [])):
                one.called.release()

    def _answer(self, group: list[_Ticket[Asked, Answered]]) -> None:
        if len(group) > 1:
            with suppress(Exception):  # told below, to the one whose it is
                self._one_transaction(group)
                return
        for one in group:
            try:
                self._one_transaction([one])
            except Exception as error:
                one.failure = error

    def _one_transaction(self, group: list[_Ticket[Asked, Answered]]) -> None:
        with transaction.atomic():
            answers = self._together([one.asked for one in group])
        for one, answer in zip(group, answers, strict=True):
            one.answer = answer
