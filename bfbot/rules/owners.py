"""Owners apart: what one organisation says is never mixed with what another says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bfbot.domain.campaign import Campaign
from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.disguises import addresses_in, decoded, heard
from bfbot.rules.facts import named
from bfbot.rules.reading import CONTENT, HASHTAG, cited_facts, in_writing, plain, told, unhidden

CODE = "Code of Recommended Practice on Local Authority Publicity: publicity is objective and says whose it is"


def _figures(case: Case) -> Iterator[Finding]:
    for fact in cited_facts(case):
        if plain(fact.owner) != plain(case.campaign.owner):
            yield Finding(
                FIGURES.id,
                Level.REFUSE,
                f"{named(fact)} belongs to {fact.owner}, but this post speaks for {case.campaign.owner} "
                f"({case.campaign.name}).",
                f"Leave the {fact.owner} figure out, or write a post of its own in a campaign of {fact.owner}.",
            )


def _campaigns(case: Case) -> Iterator[Finding]:
    """Another owner's campaign is recognised by its hashtag and by its page."""
    for account, text in told(case):
        shown = plain(decoded(text)) if "%" in text else plain(text)
        tags = {_bare(one) for one in HASHTAG.findall(unhidden(text))}
        for other in _others(case):
            page = re.sub(r"^https?://(www\.)?", "", other.link)
            signs = [f"#{other.hashtag}"] if other.hashtag and _bare(other.hashtag) in tags else []
            if page.strip("/") and re.search(rf"{re.escape(plain(page).rstrip('/'))}(?![\w-])", shown):
                signs.append(page)
            for sign in signs:
                yield Finding(
                    CAMPAIGNS.id,
                    Level.REFUSE,
                    f"“{sign}” is the mark of {other.name}, a campaign of {other.owner}; "
                    f"this post speaks for {case.campaign.owner}.",
                    f"Take “{sign}” out, or write a post of its own in {other.name}.",
                    account=account,
                )


def _names(case: Case) -> Iterator[Finding]:
    """A joint statement is possible, so naming the other owner asks for a written word and refuses nothing."""
    if in_writing(case):
        return
    for account, text in told(case):
        hosts = {_host(one) for one in addresses_in(text)} - {_host(case.campaign.link), *case.campaign.own_hosts}
        for owner, said, site in _known_as(tuple(_others(case))):
            named = heard(said, text) or (site if site in hosts else "")
            if named:
                yield Finding(
                    NAMES.id,
                    Level.CONFIRM,
                    f"“{owner if named in owner.casefold() else named}” is named in a post that speaks for "
                    f"{case.campaign.owner}.",
                    f"An approver of both confirms in writing that {owner} agrees, or the name comes out.",
                    account=account,
                    about=owner,
                )


def _places(case: Case) -> Iterator[Finding]:
    for delivery in case.deliveries:
        account = case.revision.accounts.get(delivery.account)
        if account is None or case.campaign.id not in account.campaigns:
            yield Finding(
                PLACES.id,
                Level.REFUSE,
                f"{case.campaign.name} does not post on the account {delivery.account}.",
                f"Choose an account of {case.campaign.name}, or add the campaign to that account in "
                "schedules/accounts.yaml.",
                account=delivery.account,
            )


@lru_cache(maxsize=64)
def _known_as(others: tuple[Campaign, ...]) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Of each campaign: its owner, what they are called in `heard` words, and the host of their site."""
    found = []
    for one in others:
        names = "|".join(re.escape(plain(name).replace("’", "'")) for name in (one.owner, *one.also_called))
        found.append((one.owner, re.compile(rf"\b(?:{names})(?:'?s)?\b"), _host(one.link)))
    return tuple(dict.fromkeys(found))


def _host(link: str) -> str:
    return plain(decoded(link)).rpartition("://")[2].split("/")[0].split("?")[0].removeprefix("www.")


def _bare(tag: str) -> str:
    return plain(tag).replace("_", "").lstrip("#")


def _others(case: Case) -> list[Campaign]:
    mine = plain(case.campaign.owner)
    return [one for one in case.revision.campaigns.values() if plain(one.owner) != mine]


FIGURES = Rule(
    "owner-figures",
    "Figures of one owner",
    CODE,
    "Use only statistics of the organisation that the campaign belongs to.",
    CONTENT,
    _figures,
)
CAMPAIGNS = Rule(
    "owner-campaigns",
    "One owner's campaign in a post",
    CODE,
    "Keep the hashtag and the page of another organisation's campaign out of the post.",
    CONTENT,
    _campaigns,
)
NAMES = Rule(
    "owner-names",
    "Another owner is named with its agreement",
    CODE,
    "Have it approved by somebody who approves for both organisations and writes down that the other one agrees.",
    CONTENT,
    _names,
)
PLACES = Rule(
    "owner-accounts",
    "A campaign posts on its own accounts",
    CODE,
    "Send the post to accounts that name its campaign.",
    CONTENT,
    _places,
)
