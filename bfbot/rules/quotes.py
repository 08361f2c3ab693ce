"""Nobody is given words that are not theirs: a quotation waits until whoever speaks in it agreed to it."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.post import Origin
from bfbot.rules.base import Case, Rule, once_per_case
from bfbot.rules.politicians import politicians
from bfbot.rules.quotations import MARKS, MAY_QUOTE, Quotation, quotations
from bfbot.rules.reading import CONTENT, pictures, plain, readings

CUSTOM = "GCS Propriety guidance; Chartered Institute of Public Relations, Code of Conduct"


@once_per_case
def quoted(case: Case) -> Iterator[tuple[str, Quotation]]:
    """(account, quotation), over all that a reader meets, what is said of pictures included."""
    declared = case.message.quote if case.message is not None else None
    sign = MAY_QUOTE if case.revision.spokespeople else MARKS
    texts = [(account, text) for account, text in readings(case) if declared is not None or sign.search(text)]
    alts = [(account, media.alt) for account, media in pictures(case) if sign.search(media.alt)]
    if not texts and not alts:
        return
    people = {(plain(one.words), one.who.id) for one in politicians(case) if one.who is not None}
    for account, text in texts:
        for one in quotations(text, sorted(people), declared):
            yield account, one
    for account, text in alts:  # an alt text quotes what stands on a card: only with a name it is somebody's words
        for one in quotations(text, sorted(people)):
            if one.by:
                yield account, one


def is_signed(case: Case, one: Quotation) -> bool:
    """By one of those to whom the words are given; where the text names nobody of the register, by anybody."""
    if one.by:
        return any((who, one.digest) in case.quotes_signed for who in one.by)
    return any(digest == one.digest for _, digest in case.quotes_signed)


def _unsigned(case: Case) -> Iterator[Finding]:
    planned = case.post.origin is Origin.LIBRARY and case.moment is Moment.SUBMIT
    for account, one in quoted(case):
        if not is_signed(case, one):
            who = " or ".join(case.revision.spokespeople[each].role for each in one.by if _known(case, each))
            yield Finding(
                SIGNED.id,
                # a posting time passes such an evergreen post over and takes the next; others wait
                Level.REFUSE if planned else Level.HOLD,
                f"“{one.words[:90]}” is given as the words of {who or 'somebody'}, who has not signed them off.",
                "Have them agree to exactly these words, then an approver records it on the page People.",
                account=account,
            )


def _known(case: Case, spokesperson: str) -> bool:
    return spokesperson in case.revision.spokespeople


SIGNED = Rule(
    "quote-signed",
    "Quoted words are signed off by whoever says them",
    CUSTOM,
    "Have the person agree to the exact words and an approver record that; any change needs it again.",
    CONTENT,
    _unsigned,
)
