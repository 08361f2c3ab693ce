"""The digest of a Proof, to which an approval is bound."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.proof import Facet, MediaProof, Proof, ProofPart, joint_digest, proof_from_json

PICTURE = MediaProof("a" * 64, "image/png", "A plain square", 640, 360, 1234)
PART = ProofPart(
    "Early help works. https://example.org #Early", 44, (Facet(18, 37, "link", "https://example.org"),), (PICTURE,)
)
PROOF = Proof("town-x", "x", (PART, ProofPart("And more.", 9)), ("https://example.org",), "en")

TEXTS = st.text(max_size=40)
PARTS = st.builds(
    ProofPart,
    text=TEXTS,
    length=st.integers(0, 500),
    facets=st.lists(st.builds(Facet, st.integers(0, 9), st.integers(9, 20), TEXTS, TEXTS), max_size=2).map(tuple),
    media=st.lists(
        st.builds(MediaProof, TEXTS, TEXTS, TEXTS, st.integers(1, 9), st.integers(1, 9), st.integers(1, 9)),
        max_size=2,
    ).map(tuple),
)
PROOFS = st.builds(
    Proof,
    account=TEXTS,
    platform=TEXTS,
    parts=st.lists(PARTS, max_size=3).map(tuple),
    links=st.lists(TEXTS, max_size=2).map(tuple),
    language=TEXTS,
)


@given(PROOFS)
def test_a_proof_comes_back_from_the_ledger_as_it_was(proof: Proof) -> None:
    back = proof_from_json(json.loads(json.dumps(asdict(proof))))
    assert back == proof
    assert back.digest == proof.digest


@given(PROOFS, PROOFS)
def test_two_proofs_that_differ_have_two_digests(one: Proof, other: Proof) -> None:
    assert (one.digest == other.digest) == (one == other)


@pytest.mark.parametrize(
    "changed",
    [
        replace(PROOF, account="other-x"),
        replace(PROOF, language="cy"),
        replace(PROOF, links=()),
        replace(PROOF, parts=PROOF.parts[::-1]),
        replace(PROOF, parts=(replace(PART, text=PART.text + " "), PROOF.parts[1])),
        replace(PROOF, parts=(replace(PART, media=()), PROOF.parts[1])),
        replace(PROOF, parts=(replace(PART, media=(replace(PICTURE, alt="Another square"),)), PROOF.parts[1])),
        *(
            replace(PROOF, parts=(replace(PART, media=(replace(PICTURE, **{name: other}),)), PROOF.parts[1]))
            for name, other in {
                "digest": "b" * 64,
                "focal": (0.5, 0.4),
                "milliseconds": 1,
                "still": "c" * 64,
                "captions": "d" * 64,
                "spoken": "Good morning.",
            }.items()
        ),
    ],
)
def test_any_change_of_what_goes_out_changes_the_digest(changed: Proof) -> None:
    assert changed.digest != PROOF.digest
    assert joint_digest([changed]) != joint_digest([PROOF])


def test_the_joint_digest_minds_the_set_and_not_the_order() -> None:
    other = replace(PROOF, account="other-x")
    assert joint_digest([PROOF, other]) == joint_digest([other, PROOF])
    assert joint_digest([PROOF, other]) != joint_digest([PROOF])


def test_a_proof_as_json_has_every_field() -> None:
    """A field that were left out could change after the approval, and nobody would notice."""
    clip = MediaProof("d", "video/mp4", "alt", 1, 2, 3, (0.25, 1.0), 4000, "e" * 64, "f" * 64, "Good morning.")
    part = ProofPart("Text #Tag", 9, (Facet(5, 9, "tag", "Tag"),), (clip,))
    proof = Proof("desk", "mastodon", (part, ProofPart("More", 4)), ("https://a.example",), "cy")
    assert json.loads(json.dumps(proof.as_json())) == json.loads(json.dumps(asdict(proof)))


def test_a_signature_from_before_clips_still_holds() -> None:
    """What was approved then is stored without the newer keys; its digest stands in approvals and the audit."""
    picture = MediaProof("a" * 64, "image/png", "Enquiries rose.", 1200, 675, 90000)
    tag = Facet(12, 27, "tag", "GettingTheBest")
    part = ProofPart("Help early. #GettingTheBest", 27, (tag,), (picture,))
    proof = Proof("lga-mastodon", "mastodon", (part,), ("https://www.local.gov.uk/bright-futures",), "en")
    assert proof.digest == "cc375bf4d7dce56211391e26828c4c1fac2b2a1213c61d7cfdf688f882ff7c06"
    stored = {"digest": "a" * 64, "mime": "image/png", "alt": "Enquiries rose.", "width": 1200, "height": 675}
    assert proof.as_json()["parts"][0]["media"] == [{**stored, "size": 90000}]
    assert proof_from_json(json.loads(json.dumps(proof.as_json()))) == proof
    assert proof_from_json(json.loads(json.dumps(asdict(proof)))).digest == proof.digest
