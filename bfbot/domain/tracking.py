"""Parameters on a campaign's own links that say which post was opened; never who opened it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from bfbot.domain.campaign import Campaign

MEDIUM: Final = "social"
UNSAVED: Final = "000000"  # as long as a post's number will be: a preview counts what will be sent

_OURS: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_content")
_LINK: Final = re.compile(r"(?<![\w@])https?://[^\s<>\"“”{}]+", re.IGNORECASE)
_ENDS: Final = ".,;:!?…'’"


@dataclass(frozen=True)
class Tags:
    """What a link of one post on one network carries. `hosts` are those whose links are the campaign's own."""

    source: str
    campaign: str
    content: str
    hosts: frozenset[str]


def tags_for(campaign: Campaign, *, platform: str, post: int, theme: str | None) -> Tags | None:
    """None where the campaign has tracking switched off. `platform` as people call it; `post` 0: not saved yet."""
    if not campaign.tracking:
        return None
    number = str(post) if post else UNSAVED
    hosts = {_host(campaign.link), *(_bare(one) for one in campaign.own_hosts)} - {""}
    return Tags(slug(platform), slug(campaign.id), slug(f"{theme or ''} {number}"), frozenset(hosts))


def slug(text: str) -> str:
    """Lower case, words joined by hyphens, nothing but a-z and 0-9."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def tagged(link: str, tags: Tags) -> str:
    """The link with its parameters added behind those it has; the same where it is no link of the campaign's."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    if parts.scheme.lower() not in {"http", "https"} or _host(link) not in tags.hosts:
        return link
    known = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    values = zip(_OURS, (tags.source, MEDIUM, tags.campaign, tags.content), strict=True)
    added = [f"{name}={value}" for name, value in values if name not in known]
    query = "&".join(filter(None, (parts.query, *added)))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def untagged(link: str) -> str:
    """The page itself: without fragment and without any utm parameter, so that looking at it counts nowhere."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    query = "&".join(one for one in parts.query.split("&") if not one.lower().startswith("utm_"))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def tagged_text(text: str, tags: Tags) -> str:
    """A text with every link of the campaign's tagged; the punctuation behind a link stays behind it."""
    return links_changed(text, lambda link: tagged(link, tags))


def links_changed(text: str, change: Callable[[str], str]) -> str:
    """The text with each link changed, without the marks of the sentence around it."""

    def one(match: re.Match[str]) -> str:
        link = match[0]
        while link and (link[-1] in _ENDS or (link[-1] == ")" and link.count(")") > link.count("("))):
            link = link[:-1]
        return change(link) + match[0][len(link) :]

    return _LINK.sub(one, text)


def links_in(text: str) -> tuple[str, ...]:
    """Every link of a text once, in order."""
    found: dict[str, None] = {}
    links_changed(text, lambda link: found.setdefault(link) or link)
    return tuple(found)


def _host(link: str) -> str:
    try:
        return _bare(urlsplit(link).hostname or "")
    except ValueError:
        return ""


def _bare(host: str) -> str:
    return host.strip().lower().rstrip(".").removeprefix("www.")
