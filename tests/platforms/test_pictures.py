"""Only the approved bytes go out."""

from __future__ import annotations

import pytest

from bfbot.domain.proof import ProofPart
from bfbot.errors import ContentRefused, Rejected
from bfbot.platforms.pictures import no_pictures, pictures_of
from tests.contract.networks import MEDIA, PICTURE

PART = ProofPart(text="Words", length=5, media=(MEDIA,))


def test_the_approved_bytes_are_given() -> None:
    assert list(pictures_of(PART, lambda digest: PICTURE, "desk")) == [(MEDIA, PICTURE)]


def test_bytes_that_were_swapped_in_the_store_are_refused() -> None:
    with pytest.raises(Rejected, match="not the one that was approved"):
        list(pictures_of(PART, lambda digest: PICTURE + b"!", "desk"))


def test_what_the_store_says_is_passed_on() -> None:
    def lost(digest: str) -> bytes:
        raise ContentRefused("A picture is gone.")

    with pytest.raises(Rejected, match="A picture is gone"):
        list(pictures_of(PART, lost, "desk"))


def test_an_adapter_that_only_renders_has_no_pictures() -> None:
    with pytest.raises(Rejected):
        list(pictures_of(PART, no_pictures, "desk"))
