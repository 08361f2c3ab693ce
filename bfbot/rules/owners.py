"""Owners apart: what one organisation says is never mixed with what another says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bfbot.domain.campaign import Campaign
from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.disguises import decoded
from bfbot.rules.facts import named
from bfbot.rules.reading import CONTENT, HASHTAG, cited_facts, plain, told, unhidden

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
PLACES = Rule(
    "owner-accounts",
    "A campaign posts on its own accounts",
    CODE,
    "Send the post to accounts that name its campaign.",
    CONTENT,
    _places,
)
