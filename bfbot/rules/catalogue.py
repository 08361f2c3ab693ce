"""Every rule, in the order in which findings are shown: may it be said at all, then how, then when."""

from __future__ import annotations

from bfbot.rules import (
    alt_quality,
    alt_text,
    approval,
    asks,
    captions,
    emoji,
    facts,
    fresh_figures,
    hashtags,
    holds,
    length,
    lettering,
    links,
    live_links,
    media,
    one_figure,
    owners,
    plain_english,
    quiet,
    timing,
    typed_figures,
    unsourced,
    variants,
    wholeness,
)
from bfbot.rules.base import Rule

RULES: tuple[Rule, ...] = (
    wholeness.SAID,
    wholeness.FILLED,
    wholeness.PREVIEWED,
    wholeness.PAGE,
    facts.KNOWN,
    facts.USABLE,
    facts.SOURCED,
    typed_figures.TYPED,
    unsourced.BARE,
    one_figure.ONE,
    one_figure.QUEUE,
    one_figure.PARTS,
    fresh_figures.UNCHANGED,
    fresh_figures.LATEST,
    facts.REVIEWED,
    owners.FIGURES,
    owners.CAMPAIGNS,
    owners.NAMES,
    owners.PLACES,
    asks.CURRENT,
    asks.PARTY,
    asks.MARKED,
    length.FITS,
    length.ONE_PART,
    media.COUNT,
    media.KIND,
    alt_text.PRESENT,
    alt_text.MEANT,
    alt_text.FITS,
    alt_quality.LENGTH,
    alt_quality.CAPITALS,
    alt_quality.REPEATED,
    captions.CAPTIONED,
    lettering.LETTERS,
    lettering.UNSEEN,
    links.WEB,
    links.PERSONAL,
    links.ONE,
    live_links.THERE,
    live_links.STRAIGHT,
    variants.APART,
    variants.QUEUE,
    hashtags.CAMPAIGN,
    hashtags.CAPITALS,
    hashtags.FEW,
    hashtags.LAST,
    plain_english.SHORT,
    plain_english.AGE,
    emoji.FEW,
    emoji.PLACE,
    timing.WINDOW,
    timing.VALID,
    holds.HELD,
    quiet.QUIET,
    approval.TWO,
    approval.APPROVED,
)


def by_id(rule_id: str) -> Rule:
    """The rule of that id; KeyError where there is none."""
    return _BY_ID[rule_id]


_BY_ID = {one.id: one for one in RULES}
if len(_BY_ID) != len(RULES):
    raise AssertionError("two rules have the same id")
