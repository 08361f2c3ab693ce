"""Whether pictures, consents and quotes fit: files that are there, channels that exist, words that are said."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator

from bfbot.domain.finding import Fault
from bfbot.domain.message import CAPTIONS, VIDEO
from bfbot.domain.wording import placeholders
from bfbot.library.forms import Placed, did_you_mean


def check_picture(one: Placed, has_file: Callable[[str], bool]) -> Iterator[Fault]:
    """The file lies below messages/; a clip brings its captions, a picture has none."""
    if not has_file(one.form.file):
        what = f"There is no file “{one.form.file}” in messages/."
        yield one.fault("error", "media", what, "Put it there, or mend the path.", "file")
    film, captions = one.form.file.lower().endswith(VIDEO), one.form.captions
    if one.form.captions_in_picture and not film:
        what, mend = "captions_in_picture stands beside a picture.", "Take it out: it belongs to a video."
        yield one.fault("error", "captions", what, mend, "captions_in_picture")
    if film and not captions:
        what, mend = (
            f"The video “{one.form.file}” has no captions.",
            "Add captions: PATH of its .vtt or .srt file.",
        )
    elif captions and not film:
        what, mend = "Captions stand beside a picture.", "Take them out: captions belong to a video."
    elif captions and not captions.lower().endswith(CAPTIONS):
        what, mend = f"“{captions}” is no file of captions.", "Name a .vtt or .srt file."
    elif captions and not has_file(captions):
        what, mend = f"There is no file “{captions}” in messages/.", "Put it there, or mend the path."
    else:
        return
    yield one.fault("error", "captions", what, mend, *(("captions",) if captions else ()))


def same_file_twice(pictures: Iterable[Placed]) -> Iterator[Fault]:
    """One file has one entry: else two answers to whose it is."""
    first: dict[str, Placed] = {}
    for one in pictures:
        before = first.setdefault(posixpath.normpath(one.form.file), one)
        if before is not one:
            what = f"The file “{one.form.file}” stands in the library as “{before.form.id}” already."
            yield one.fault("error", "duplicate", what, "Keep one of the two.", "file")


def check_consent(one: Placed, accounts: Collection[str], networks: Collection[str] | None) -> Iterator[Fault]:
    """Its channels are networks or accounts; unchecked where the networks are not known."""
    known = [*sorted(networks or ()), *sorted(accounts)]
    for channel in one.form.channels if networks is not None else ():
        if channel not in known:
            otherwise = f"Name a network or an account: {', '.join(known)}."
            what = f"There is no channel “{channel}”."
            yield one.fault("error", "reference", what, did_you_mean(channel, known, otherwise), "channels")


def check_quote(one: Placed) -> Iterator[Fault]:
    """The quoted words stand in the text, letter by letter, and have no placeholder in them."""
    words, text = " ".join(one.form.quote.words.split()), " ".join(one.form.text.split())
    if placeholders(words):
        what, mend = "A placeholder stands in a quote.", "Write the words as they were said."
    elif words not in text:
        what, mend = "The quoted words do not stand in the text.", "Copy them letter by letter."
    else:
        return
    yield one.fault("error", "quote", what, mend, "quote", "words")
