"""What bfbot would change of a text: shown with before and after, never a link or a placeholder, and once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bfbot.domain.finding import Level
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.hashtags import in_capitals
from bfbot.rules.lettering import hidden, styled
from bfbot.rules.mend_letters import unseen_out
from bfbot.rules.mends import mended, mends
from tests.rules.cases import case
from tests.rules.team_files import LGA
from tests.rules.test_no_dodging import disguised

WIDE = str.maketrans(
    {**{chr(65 + n): chr(0x1D5D4 + n) for n in range(26)}, **{chr(97 + n): chr(0x1D5EE + n) for n in range(26)}}
)


@pytest.mark.parametrize(
    ("text", "better", "rule"),
    [
        ("Help early. #gettingthebest", "Help early. #GettingTheBest", "hashtag-campaign"),
        ("Help early. ＃GETTINGthebest", "Help early. #GettingTheBest", "hashtag-campaign"),
        ("Help early. #socialwork", "Help early. #SocialWork", "hashtag-capitals"),
        ("Help early. #early_help", "Help early. #EarlyHelp", "hashtag-capitals"),
        ("Help early. #ncasc", "Help early. #NCASC", "hashtag-capitals"),
        ("𝗛𝗲𝗹𝗽 early", "Help early", "plain-letters"),
        ("Ｈｅｌｐ early", "Help early", "plain-letters"),
        ("Ⓗelp early", "Help early", "plain-letters"),
        ("ʜᴇʟᴘ early", "help early", "plain-letters"),
        ("🅷🅴🅻🅿 early", "HELP early", "plain-letters"),
        ("H\u0336e\u0336lp early", "Help early", "plain-letters"),
        ("Неlр early", "Help early", "plain-letters"),
        ("𝟏𝟑𝟗 per cent", "139 per cent", "plain-letters"),
        ("Help\u200b early\u2060", "Help early", "unseen-characters"),
        ("Help early 🙂 always 🙂", "Help early 🙂 always", "emoji"),
        ("Help 🙂🙂🙂", "Help 🙂", "emoji"),
        ("Our #Families need help.", "Our Families need help. #Families", "hashtag-place"),
        ("Why #SocialWork matters {link}", "Why Social Work matters {link} #SocialWork", "hashtag-place"),
        ("Help early. #Families\nAsk us.", "Help early.\nAsk us.\n\n#Families", "hashtag-place"),
        ("#Families\n\nAsk us.", "Ask us. #Families", "hashtag-place"),
        ("One #Aa thing.\n---\nTwo.", "One Aa thing. #Aa\n---\nTwo.", "hashtag-place"),
        ("The #Aa home. #Aa", "The Aa home. #Aa", "hashtag-place"),
    ],
)
def test_a_mend_and_the_rule_it_serves(text: str, better: str, rule: str) -> None:
    campaign = replace(LGA, hashtags=("NCASC",))
    assert mended(text, campaign) == better
    (one,) = mends(text, campaign)
    assert one.rule == rule
    assert one.before != one.after
    assert one.why.endswith(".")
    assert mends(better, campaign) == []


@pytest.mark.parametrize(
    "text",
    [
        "Help early. {fact:rise} {link} {hashtag}",
        "See https://gov.uk/a#socialwork?𝗛=#gettingthebest",
        "Help 👩🏽‍⚕️ 👨‍👩‍👧 🏳️‍🌈, £3bn, ½, m², Brontë, Gwŷr, ℹ️ 🅿️",
        "Москва, Ελλάδα, early. #GettingTheBest 🙂",
        "#LookedAfter #Children",
        "Safe. #safeguarding",
    ],
)
def test_what_is_well_stays_as_it_is(text: str) -> None:
    assert mends(text, LGA) == []
    assert mended(text, LGA) == text


@pytest.mark.parametrize(
    ("tag", "better"),
    [
        ("childrenssocialcare", "ChildrensSocialCare"),
        ("mentalhealth", "MentalHealth"),
        ("tellyourstory", "TellYourStory"),
        ("socialworkers", "SocialWorkers"),
        ("education", ""),
        ("xyzzyxyzzyxyzzy", ""),
    ],
)
def test_words_told_apart(tag: str, better: str) -> None:
    assert in_capitals(tag) == better


@settings(max_examples=60)
@given(data=st.data())
def test_mending_is_done_after_one_time_and_helps(data: st.DataObject) -> None:
    """The mended text has plain letters, nothing unseen and its hashtags behind it, whatever the disguise."""
    text = data.draw(disguised("Ask #gettingthebest why early help is right now"))
    better = mended(text.translate(WIDE) if data.draw(st.booleans()) else text, LGA)
    assert mended(better, LGA) == better
    assert not styled(better)
    assert hidden(better) == ("", "")
    told = {one.rule for one in judge(case(better), RULES)}
    assert not told & {
        "hashtag-campaign",
        "hashtag-place",
        "hashtag-capitals",
        "plain-letters",
        "unseen-characters",
    }


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
@example("A\x1fΦ")
def test_any_text_is_mended_without_harm(text: str) -> None:
    better = mended(text, LGA)
    assert mended(better, LGA) == better
    met, _ = unseen_out(text, LGA)  # two letters with something unseen between them are one word to an eye
    assert refused(better) <= refused(text) | refused(met) | {"text-empty"}


def refused(text: str) -> set[str]:
    return {one.rule for one in judge(case(text), RULES) if one.level is Level.REFUSE}
