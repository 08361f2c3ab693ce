"""A network of records: each post is put under an id that its client chose, and an id can be had once only."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from tests.simulators.server import Asked, Simulator, Told

TOKEN = "canary-records-token"
_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")


class RecordsSimulator(Simulator):
    """One account. `gives_back`: a taken id is answered with the post that bears it; else it is refused."""

    def __init__(self, *, gives_back: bool = False, skew: timedelta = timedelta()) -> None:
        super().__init__(skew)
        self.gives_back = gives_back

    def answer(self, asked: Asked) -> Told:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Told(401, {"error": "The token is not valid"})
        match (asked.method, asked.path.strip("/").split("/")):
            case ("PUT", ["records", record_id]) if _ID.fullmatch(record_id):
                return self._put(record_id, asked.json())
            case ("GET", ["records", record_id]):
                return self._get(record_id)
        return Told(404, {"error": "Not found"})

    def _put(self, record_id: str, body: Any) -> Told:
        if set(body) != {"text", "reply_to"} or not body["text"] or len(body["text"]) > 500:
            return Told(422, {"error": "A record has a text of 500 characters at most, and a reply_to"})
        known = {one["id"]: one for one in self.ledger}
        if body["reply_to"] is not None and body["reply_to"] not in known:
            return Told(422, {"error": "reply_to names no record"})
        if record_id in known:
            return Told(200, shown(known[record_id])) if self.gives_back else Told(409, {"error": "RecordExists"})
        return Told(201, shown(self._add(record_id, body["text"], body["reply_to"], self.now())))

    def _add(self, record_id: str, wrote: str, reply_to: str | None, at: datetime) -> dict[str, Any]:
        self.ledger.append({"id": record_id, "wrote": wrote, "reply_to": reply_to, "created_at": at})
        return self.ledger[-1]

    def _get(self, record_id: str) -> Told:
        found = next((one for one in self.ledger if one["id"] == record_id), None)
        return Told(200, shown(found)) if found is not None else Told(404, {"error": "RecordNotFound"})


def shown(record: dict[str, Any]) -> dict[str, Any]:
    """As the network gives a record back."""
    return {**{name: record[name] for name in ("id", "wrote")}, "created_at": record["created_at"].isoformat()}
