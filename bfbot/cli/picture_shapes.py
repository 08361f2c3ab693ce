"""Whose a picture is: for who reads it on a terminal, and as JSON for scripts."""

from __future__ import annotations

import click

from bfbot.domain.message import MediaUse
from bfbot.domain.picture import NEVER, Rights
from bfbot.domain.post import Post


def print_rights(post: Post) -> None:
    """A line for each picture that was uploaded for the post; what is not written down is a dash."""
    uploads = [one for one in post.wording.media if one.blob is not None]
    for number, one in enumerate(uploads):
        begin = f"{'' if number else chr(10)}Uploaded picture “{one.alt}”: "
        click.echo(begin + (_in_words(one.rights) if one.rights is not None else "nobody wrote down its rights"))


def until(rights: Rights) -> str:
    return "without end" if rights.expires == NEVER else str(rights.expires or "unknown")


def lasting(rights: Rights) -> str:
    return until(rights) if rights.expires == NEVER else f"until {until(rights)}"


def media_shape(one: MediaUse) -> dict[str, object]:
    """A picture of a post: one of `card`, `file` and `blob` is set. Only an upload (`blob`) has rights here."""
    return {
        "alt": one.alt,
        "card": one.card,
        "file": one.file,
        "blob": one.blob,
        "captions": one.captions,
        "rights": rights_shape(one.rights) if one.rights is not None else None,
    }


def rights_shape(one: Rights) -> dict[str, object]:
    """`expires` is a day or `never`; what nobody wrote down is null or empty, and named in `missing`."""
    return {
        "people": str(one.people) if one.people is not None else None,
        "credit": one.credit,
        "licence": one.licence,
        "owner": one.owner,
        "expires": "never" if one.expires == NEVER else one.expires and str(one.expires),
        "missing": list(one.missing),
        "consent": one.consent or None,
    }


def _in_words(one: Rights) -> str:
    return (
        f"credit: {one.credit or '–'}; licence: {one.licence or '–'}; owner: {one.owner or '–'}; "
        f"{lasting(one)}; people: {one.people or '–'}; consent: {one.consent or 'none'}"
    )
