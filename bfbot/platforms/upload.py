"""A form with one large file, sent as it lies in memory: no second copy of it is made on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import uuid4

_PIECE = 64 * 1024


class Upload:
    """The body of a `multipart/form-data` request as `requests` takes one: it has a length and can be read."""

    def __init__(self, fields: Mapping[str, str], content: bytes, mime: str) -> None:
        boundary = uuid4().hex
        self.content_type = f"multipart/form-data; boundary={boundary}"
        head = "".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n'
            for name, said in fields.items()
        )
        head += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="clip"\r\n'
        head += f"Content-Type: {mime}\r\n\r\n"
        self._pieces = [
            memoryview(head.encode()),
            memoryview(content),
            memoryview(f"\r\n--{boundary}--\r\n".encode()),
        ]
        self._length = sum(len(one) for one in self._pieces)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(_PIECE):
            yield piece

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size` of them; all that is left where none is named."""
        found = []
        while self._pieces and size != 0:
            first = self._pieces[0]
            taken = first if size < 0 else first[:size]
            found.append(bytes(taken))
            self._pieces[0] = first[len(taken) :]
            if not len(self._pieces[0]):
                del self._pieces[0]
            size -= len(taken) if size > 0 else 0
        return b"".join(found)
