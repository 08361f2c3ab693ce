"""The Proof: what exactly goes out on one account. Rendered once, on submit; sending never renders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

MIDDLE: Final = (0.5, 0.5)
"""What stays in sight where nobody says what."""


@dataclass(frozen=True)
class MediaProof:
    """A picture or clip by the sha256 of its bytes (hex) as they lie in the blob store, with its alt text.

    `focal`: what stays in sight when a network crops it, as shares of width and height from the top left corner.
    Of a clip: its length in `milliseconds`, a `still` of it and its `captions` (WebVTT), both by the sha256 of
    their bytes, and what the captions say, in plain lines (`spoken`).
    """

    digest: str
    mime: str
    alt: str
    width: int
    height: int
    size: int
    focal: tuple[float, float] = MIDDLE
    milliseconds: int = 0
    still: str = ""
    captions: str = ""
    spoken: str = ""

    @property
    def clip(self) -> bool:
        return self.mime.startswith("video/")

    @property
    def word(self) -> str:
        return "clip" if self.clip else "picture"

    def as_json(self) -> dict[str, object]:
        """Every field; those that came later only where they say something: older signatures still hold."""
        said = dict(vars(self))
        for name, nothing in _LATER.items():
            if said[name] == nothing:
                del said[name]
        return said


_LATER: Final[Mapping[str, object]] = {
    "focal": MIDDLE,
    "milliseconds": 0,
    "still": "",
    "captions": "",
    "spoken": "",
}


def media_from_json(data: Mapping[str, Any]) -> MediaProof:
    """The inverse of `as_json` and of `dataclasses.asdict` after a trip through JSON."""
    x, y = data.get("focal", MIDDLE)
    return MediaProof(**{**data, "focal": (float(x), float(y))})


@dataclass(frozen=True)
class Facet:
    """A link, tag or mention inside a text, by UTF-8 byte offsets, end exclusive."""

    start: int
    end: int
    kind: str  # link | tag | mention
    value: str


@dataclass(frozen=True)
class ProofPart:
    """One remote post: a thread has several, most have one. `length` is counted the platform's own way."""

    text: str
    length: int
    facets: tuple[Facet, ...] = ()
    media: tuple[MediaProof, ...] = ()


@dataclass(frozen=True)
class Proof:
    """What goes out on `account`: the parts in their order, the links in them, the language (BCP 47)."""

    account: str
    platform: str
    parts: tuple[ProofPart, ...]
    links: tuple[str, ...] = ()
    language: str = "en"

    @cached_property
    def digest(self) -> str:
        """sha256 (hex) of every field: any change of what goes out changes it."""
        canonical = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def as_json(self) -> dict[str, object]:
        """What `dataclasses.asdict` would give, in a fifth of its time: a digest is made before every request."""
        parts = [
            {
                "text": part.text,
                "length": part.length,
                "facets": [dict(vars(one)) for one in part.facets],
                "media": [one.as_json() for one in part.media],
            }
            for part in self.parts
        ]
        own = {"account": self.account, "platform": self.platform, "language": self.language}
        return {**own, "parts": parts, "links": list(self.links)}

    @property
    def text(self) -> str:
        """All parts as a person reads them, one blank line between."""
        return "\n\n".join(part.text for part in self.parts)


def proof_from_json(data: dict[str, object]) -> Proof:
    """The inverse of `dataclasses.asdict(proof)` after a trip through JSON."""
    parts = tuple(
        ProofPart(
            text=part["text"],
            length=part["length"],
            facets=tuple(Facet(**facet) for facet in part["facets"]),
            media=tuple(media_from_json(media) for media in part["media"]),
        )
        for part in data["parts"]  # type: ignore[attr-defined]  # JSON: a list of objects, written by us
    )
    return Proof(
        account=str(data["account"]),
        platform=str(data["platform"]),
        parts=parts,
        links=tuple(data["links"]),  # type: ignore[arg-type]  # JSON: a list of strings
        language=str(data["language"]),
    )


def joint_digest(proofs: list[Proof]) -> str:
    """What an approval is bound to: the sha256 (hex) of all the Proofs of a post, whatever their order."""
    return hashlib.sha256("\n".join(sorted(proof.digest for proof in proofs)).encode()).hexdigest()
