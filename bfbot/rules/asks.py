"""Asks and party politics: what a council may ask for, when, and what it may never ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.disguises import heard
from bfbot.rules.reading import CONTENT, last_day_out, long_date, told

ACT = "Local Government Act 1986, section 2: no publicity designed to affect support for a political party"
CODE = "Code of Recommended Practice on Local Authority Publicity: care in periods of heightened sensitivity"

_PARTIES: Final = (
    r"(?:labour|conservatives?|tory|tories|lib dems?|libdems?|liberal democrats?|greens?|reform(?: uk)?|"
    r"plaid(?: cymru)?|snp|ukip|dup|sinn fein|sdlp|alliance|independents?)"
)
_PARTY_ALONE: Final = (
    r"(?:labour party|conservatives|tories|lib dems?|liberal democrats|green party|plaid cymru|snp)"
)
_TO: Final = r"(?:(?:for|against|4|out) )?(?:(?:the|your|a|our) )?(?:local )?"
_VOTE: Final = re.compile(
    rf"\b(?:(?:re ?)?elect|votes?|voting) ?{_TO}{_PARTIES}\b"
    rf"|\b(?:back|support|supporting|backing) {_TO}{_PARTY_ALONE}\b|\bback labour\b(?! (?:ward|market))"
    r"|\b(?:vote|votes|voting) (?:for (?:me|us|(?:our|your|the|this) candidate)|them out)\b"
    r"|\bpleidleisi\w+ (?:dros )?(?:y |r )?(?:l?lafur|[pb]laid|[cg]eidwadwyr|democratiaid|gwyrddion|reform)\b"
)
_WHOSE: Final = r"(?:(?:your|the|our|local|all|both|these|every|new|next|uk|welsh|his majesty's|of) ){0,3}"
_POLITICIANS: Final = (
    r"(?:mps?|msps?|mlas?|members? of (?:parliament|the senedd)|senedd members?|peers|ministers?|"
    r"secretary of state|first minister|prime minister|chancellor|councillors?|parliament|government|"
    r"treasury|westminster|no 10|number 10|downing street|lawmakers?|politicians?)"
)
_LOBBY: Final = re.compile(
    r"\byour (?:own |local |constituency )*(?:mps?|msps?|mlas?|members? of (?:parliament|the senedd)|lawmakers?)\b"
    r"|\b(?:write|speak|talk|complain) to "
    rf"{_WHOSE}{_POLITICIANS}\b"
    r"|\b(?:e ?mail|tell|ask|urge|lobby|contact|call(?:s|ing)? on|call|press|petition|message|tweet|ring|phone|"
    rf"visit|implore|demand (?:that|from)) {_WHOSE}{_POLITICIANS}\b"
    rf"|\b(?:government|ministers|chancellor|treasury|parliament) (?:must|should|ought to|needs to|has to)\b"
    r"|\b(?:sign|share) (?:the|our|this) petition\b|\bminuted at (?:full|your|the) council\b"
    r"|\b(?:eich|dy|ein|['’]ch) (?:as|aelod)\b|\baelod(?:au)? (?:seneddol|o'r senedd)\b"
)
"""Both are read with `heard`. “Your MP” is a call in any sentence."""


def _current(case: Case) -> Iterator[Finding]:
    day = last_day_out(case)
    for ask_id in case.message.asks if case.message else ():
        ask = case.revision.asks.get(ask_id)
        if ask is None:
            yield Finding(
                CURRENT.id,
                Level.REFUSE,
                f"There is no ask “{ask_id}” in the library.",
                "Name an ask of messages/, or none.",
            )
            continue
        past = ask.until is not None and day > ask.until
        if ask.status == "current" and not past:
            continue
        why = f"ended on {long_date(ask.until)}" if past and ask.until else f"is {ask.status}"
        now = [
            one.id
            for one in case.revision.asks.values()
            if one.campaign == ask.campaign and one.status == "current" and (one.until is None or day <= one.until)
        ]
        yield Finding(
            CURRENT.id,
            Level.REFUSE,
            f"The ask “{ask.text}” ({ask.version}, to {ask.addressed_to}) {why}.",
            f"Use a current ask: {', '.join(now)}."
            if now
            else "Leave the ask out: the campaign has no current one.",
        )


def _is_marked(case: Case) -> bool:
    return case.message is not None and (
        case.message.lobbying
        or any(case.revision.asks[one].lobbying for one in case.message.asks if one in case.revision.asks)
    )


def calls_on_politicians(case: Case) -> str:
    """Half a sentence on what makes it lobbying, marked as such or by its words; "" where nothing does."""
    for _, text in told(case):
        found = heard(_LOBBY, text)
        if found:
            return f"“{found}” calls on politicians"
    if _is_marked(case) and case.message is not None:
        return f"the evergreen post {case.message.id} is marked as lobbying"
    return ""


def _lobbying(case: Case) -> Iterator[Finding]:
    if _is_marked(case):
        return
    for account, text in told(case):
        found = heard(_LOBBY, text)
        if found:
            yield Finding(
                MARKED.id,
                Level.WARN,
                f"“{found}” calls on politicians, and the post is not marked as lobbying.",
                "Make it an evergreen post with “lobbying: true”, so that it is known before an election.",
                account=account,
            )


def _party(case: Case) -> Iterator[Finding]:
    for account, text in told(case):
        found = heard(_VOTE, text)
        if found:
            yield Finding(
                PARTY.id,
                Level.REFUSE,
                f"“{found}” tells people how to vote.",
                "Take it out: public money may not be spent on support for a party.",
                account=account,
            )


CURRENT = Rule(
    "ask-current",
    "Asks are the current ones",
    CODE,
    "Make only asks that have not been replaced and have not ended.",
    CONTENT,
    _current,
)
MARKED = Rule(
    "lobbying-marked",
    "Calls on politicians are marked",
    CODE,
    "Mark every post that calls on MPs, ministers or councillors as lobbying.",
    CONTENT,
    _lobbying,
)
PARTY = Rule(
    "party-politics",
    "Nobody is told how to vote",
    ACT,
    "Keep parties and votes out of the post.",
    CONTENT,
    _party,
)
