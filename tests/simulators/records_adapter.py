"""The adapter of the network of records, as bfbot would have one: through the platforms' port, for tests alone.

It takes the part's key for the id of the record, so a request that is made twice makes one post.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any

from bfbot.domain.limits import Idempotency, Limits
from bfbot.domain.proof import Proof
from bfbot.platforms import registry
from bfbot.platforms.base import Draft, Receipt, Sending, Setup
from bfbot.platforms.outcomes import Exchange
from bfbot.platforms.rendering import proof_of
from bfbot.platforms.wire import Wire

SPEC = registry.PlatformSpec("records", "Records", ("token",), f"{__name__}:Records", needs_base_url=True)


class Records:
    """One account. What bears our id already counts as published, whoever was told of it."""

    name = "records"
    label = "Records"
    limits = Limits(
        text=500,
        media=0,
        alt=0,
        media_bytes=0,
        media_types=frozenset(),
        threads=True,
        idempotency=Idempotency.CLIENT_ID,
        metrics=frozenset(),
    )

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    def length(self, text: str) -> int:
        return len(text)

    def render(self, draft: Draft) -> Proof:
        return proof_of(draft, self.name, self.length)

    def publish(self, sending: Sending) -> Receipt:
        body = {"text": sending.proof.parts[sending.index].text, "reply_to": sending.reply_to}
        with self._exchange.posting(sending.still):
            answer = self._ask("PUT", sending.key, json=body)
            if answer.status_code == 409 and answer.json()["error"] == "RecordExists":
                return Receipt(sending.key, self._url(sending.key))
            answer.raise_for_status()
            return self._receipt(answer.json())

    def find(self, sending: Sending) -> Receipt | None:
        with self._exchange.asking():
            answer = self._ask("GET", sending.key)
            if answer.status_code == 404 and answer.json()["error"] == "RecordNotFound":
                return None
            answer.raise_for_status()
            return self._receipt(answer.json())

    def _ask(self, method: str, record_id: str, **given: Any) -> Any:
        token = self._setup.secrets["token"]
        return self._wire.request(
            method, self._url(record_id), headers={"Authorization": f"Bearer {token}"}, **given
        )

    def _url(self, record_id: str) -> str:
        return f"{self._setup.base_url.rstrip('/')}/records/{record_id}"

    def _receipt(self, record: Any) -> Receipt:
        moment = datetime.fromisoformat(record["created_at"])
        return Receipt(record["id"], self._url(record["id"]), moment)

    @cached_property
    def _wire(self) -> Wire:
        from bfbot.http import session

        return Wire(self._setup.session or session())

    @cached_property
    def _exchange(self) -> Exchange:
        return Exchange(self._wire, self._setup.account, self.label, self._setup.clock, self._setup.secrets)


def make_known() -> None:
    """bfbot knows of the network, in this process."""
    registry.PLATFORMS = MappingProxyType({**registry.PLATFORMS, SPEC.name: SPEC})
