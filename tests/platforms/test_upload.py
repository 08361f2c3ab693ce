"""The body of an upload: what every other reader of forms understands, and no copy of the file in it."""

from __future__ import annotations

import email
import tracemalloc
from email import policy

import requests

from bfbot.platforms.upload import Upload


def test_any_reader_of_forms_understands_it() -> None:
    content = bytes(range(256)) * 3
    body = Upload({"description": "A – B", "focus": "-0.5,0.8"}, content, "video/mp4")
    sent = b"".join(body)
    assert len(sent) == len(body)
    head = f"Content-Type: {body.content_type}\r\n\r\n".encode()
    parts = list(email.message_from_bytes(head + sent, policy=policy.HTTP).iter_parts())
    said = [(one.get_param("name", header="content-disposition"), one.get_payload(decode=True)) for one in parts]
    assert said == [("description", "A – B".encode()), ("focus", b"-0.5,0.8"), ("file", content)]
    assert parts[2].get_content_type() == "video/mp4"


def test_it_is_read_in_pieces_of_any_size() -> None:
    for size in (1, 7, 10_000, -1):
        body, read = Upload({"a": "b"}, b"x" * 50, "video/webm"), b""
        while piece := body.read(size):
            assert size < 0 or len(piece) <= size
            read += piece
        assert b"x" * 50 in read


def test_the_client_sends_it_with_its_length_and_copies_nothing() -> None:
    content = bytes(8_000_000)
    tracemalloc.start()
    body = Upload({}, content, "video/mp4")
    asked = requests.Request("POST", "http://127.0.0.1/", data=body, headers={"Content-Type": body.content_type})
    prepared = asked.prepare()
    while body.read(65_536):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert prepared.headers["Content-Length"] == str(len(body))
    assert "Transfer-Encoding" not in prepared.headers
    assert most < 1_000_000
