"""The X adapter's requests and the X simulator's answers, held against X's own specification."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.contract.networks import MEDIA, TEXT, opened
from tests.simulators.server import Asked

SPECIFICATION = Path(__file__).resolve().parents[2].parent / "shared/specs/x-openapi.json"

pytestmark = pytest.mark.skipif(
    not SPECIFICATION.exists(), reason="../shared/specs/x-openapi.json is not here (shared/specs)"
)


@cache
def specification() -> dict[str, Any]:
    """With JSON Schema's own way to say that null is allowed."""
    whole: dict[str, Any] = _nullable(json.loads(SPECIFICATION.read_text(encoding="utf-8")))
    return whole


def _nullable(node: Any) -> Any:
    if isinstance(node, list):
        return [_nullable(one) for one in node]
    if not isinstance(node, dict):
        return node
    node = {name: _nullable(value) for name, value in node.items() if name != "discriminator"}
    if node.pop("nullable", False) and isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
    return node


def check(schema: dict[str, Any], value: Any) -> None:
    whole = {**schema, "components": specification()["components"]}
    jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(value)


def operation(name: str) -> dict[str, Any]:
    method, path = name.split(" ")
    found: dict[str, Any] = specification()["paths"][path][method]
    return found


def parameters(name: str) -> dict[str, dict[str, Any]]:
    shared = specification()["components"]["parameters"]
    listed = [
        shared[one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        for one in operation(name).get("parameters", ())
    ]
    return {one["name"]: one for one in listed}


def check_query(name: str, asked: Asked) -> None:
    known = parameters(name)
    assert set(asked.query) <= set(known), f"{name}: {set(asked.query) - set(known)} are not in the specification"
    for parameter, written in asked.query.items():
        schema = known[parameter]["schema"]
        value: Any = written
        if schema.get("type") == "array":
            value = written.split(",")
        elif schema.get("type") == "integer":
            value = int(written)
        check(schema, value)
    for parameter, one in known.items():
        assert one["in"] != "query" or not one.get("required") or parameter in asked.query


def walk() -> list[Any]:
    """Every kind of request the adapter makes, with its answer."""
    with opened("x") as x:
        sending = x.sending(media=(MEDIA,))
        first = x.platform.publish(sending).remote_id
        second = x.platform.publish(x.sending("And a second part.", reply_to=first)).remote_id
        x.platform.find(sending)
        x.platform.measure([first, second, "1"])
        x.platform.measure_account(datetime.now(UTC))
        x.platform.who_am_i()
        x.platform.delete(second)
        return list(x.simulator.answers)


def test_every_request_and_every_answer_is_as_specified() -> None:
    seen = set()
    for name, asked, told in walk():
        seen.add(name)
        check_query(name, asked)
        drawn = operation(name)
        if "requestBody" in drawn:
            check(drawn["requestBody"]["content"]["application/json"]["schema"], json.loads(asked.body))
        check(drawn["responses"][str(told.status)]["content"]["application/json"]["schema"], told.body)
    assert seen == {
        "post /2/tweets",
        "delete /2/tweets/{id}",
        "get /2/tweets",
        "get /2/users/{id}/tweets",
        "get /2/users/me",
        "post /2/media/upload",
        "post /2/media/metadata",
    }


def test_the_check_would_notice_a_wrong_request() -> None:
    schema = operation("post /2/tweets")["requestBody"]["content"]["application/json"]["schema"]
    with pytest.raises(jsonschema.ValidationError):
        check(schema, {"text": TEXT, "status": TEXT})
    with pytest.raises(jsonschema.ValidationError):
        check(schema, {"text": TEXT, "reply": {"in_reply_to_tweet_id": "no digits"}})


def test_the_host_of_the_specification_is_the_one_that_is_used() -> None:
    from bfbot.platforms.x import HOST

    assert [one["url"] for one in specification()["servers"]] == [HOST]
