"""Links: web addresses only, one is enough, and nobody's e-mail address inside them."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule, once_per_case
from bfbot.rules.disguises import addresses_in, decoded
from bfbot.rules.reading import CONTENT, LINK, readings, unhidden

CODE = "GOV.UK guidance on campaign links: https addresses, no personal data in them"

_OTHER_SCHEME: Final = re.compile(
    r"(?<![\w:/])(?:(?!https?:)[a-z][a-z0-9+.-]*://\S+|(?:javascript|data|file|vbscript|blob|mailto|tel|ftp):(?=\S)\S*)",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"[^\s@/=&?#;]+(?:@| ?[(\[]at[)\]] ?)[\w-]+(?:\.[\w-]+)+")
_ENCODED: Final = re.compile(r"(?<![\w+/-])[A-Za-z0-9+/_-]{12,400}={0,2}(?![\w+/=-])")
_ABOUT_SOMEBODY: Final = re.compile(
    r"[?&;#](?P<name>(?:(?:user|first|last|full|sur|fore|given|family|child|pupil|patient|client)[_-]?names?|"
    r"e-?mail(?:[_-]?address)?|phone(?:[_-]?number)?|tel(?:ephone)?|mobile|dob|birth(?:day|date)|date[_-]of[_-]birth|"
    r"post-?code|nhs(?:[_-]?(?:no|number))?|nino|ni[_-]?number|upn))=[^&;#\s]",
    re.IGNORECASE,
)
"""Parameters that say who somebody is. A contact page's `?name=` may be that of anything."""

_TRAILING: Final = ".,;:!?)”’\"'"


@once_per_case
def links(case: Case) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(account, links): those of the Proof, else those in the text and the post's own."""
    for account, text in readings(case):
        proof = case.proofs.get(account or next(iter(case.proofs), ""))
        own = proof.links if proof else (case.post.wording.link,)
        found = [one.rstrip(_TRAILING) for one in LINK.findall(unhidden(text))]
        yield account, tuple(dict.fromkeys(one for one in (*own, *found) if one))


def _fault(link: str) -> str:
    """What is wrong with the form of a link; "" when nothing is."""
    try:
        parsed = urlsplit(unhidden(link).strip())
        host = parsed.hostname or ""
    except ValueError:
        return "is not an address that a browser can open"
    if parsed.scheme.casefold() not in {"http", "https"}:
        return "does not start with https://"
    if not host or any(one.isspace() for one in link.strip()):
        return "is not a whole address"
    return "hides a name in front of its site" if parsed.username is not None else ""


def _form(case: Case) -> Iterator[Finding]:
    for account, text in readings(case):
        for found in dict.fromkeys(_OTHER_SCHEME.findall(unhidden(text))):
            yield _not_web(found.rstrip(_TRAILING), "is not a web address", account)
    for account, found_links in links(case):
        for one in found_links:
            fault = _fault(one)
            if fault:
                yield _not_web(one, fault, account)
    if case.post.wording.link and not any(case.post.wording.link in found for _, found in links(case)):
        fault = _fault(case.post.wording.link)
        if fault:
            yield _not_web(case.post.wording.link, fault, "")


def _not_web(link: str, fault: str, account: str) -> Finding:
    return Finding(
        WEB.id,
        Level.REFUSE,
        f"The link “{link}” {fault}.",
        "Use the https:// address of a page.",
        account=account,
    )


def _personal(case: Case) -> Iterator[Finding]:
    for account, text in readings(case):
        proof = case.proofs.get(account or next(iter(case.proofs), ""))
        own = proof.links if proof else (case.post.wording.link,)
        for one in dict.fromkeys((*own, *(found.rstrip(_TRAILING) for found in addresses_in(text)))):
            what = _about_somebody(one)
            if what:
                yield Finding(
                    PERSONAL.id,
                    Level.REFUSE,
                    f"The link “{one}” carries {what}.",
                    "Take it out of the link: it is personal data and everybody would see it.",
                    account=account,
                )


def _about_somebody(link: str) -> str:
    """What of a person an address says behind its site, be it escaped or encoded; "" for nothing.

    `/@name@server` is the page of an account, and public.
    """
    behind = re.sub(r"^[^/?#]*", "", decoded(link).partition("://")[2] or decoded(link))
    behind = re.sub(r"(?:^|/)@[\w.-]+@[\w.-]+", "/", behind)
    if _MAIL.search(behind) or any(_MAIL.search(_opened(one)) for one in _ENCODED.findall(behind)):
        return "an e-mail address"
    named = _ABOUT_SOMEBODY.search(behind)
    return f"somebody’s own data ({named['name']})" if named else ""


def _opened(text: str) -> str:
    """What base64 hides, "" where it hides no words."""
    try:
        padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
        return urlsafe_b64decode(padded.replace("+", "-").replace("/", "_")).decode("ascii")
    except ValueError:
        return ""


def _many(case: Case) -> Iterator[Finding]:
    bare = {account: addresses_in(text) for account, text in readings(case)}
    for account, own in links(case):
        found = tuple(dict.fromkeys((*own, *(one.rstrip(_TRAILING) for one in bare.get(account, ())))))
        if len({one.rstrip("/") for one in found}) > 1:
            yield Finding(
                ONE.id,
                Level.WARN,
                f"There are {len(found)} links: {', '.join(found)}.",
                "Keep the one that people should open.",
                account=account,
            )


WEB = Rule(
    "link-web",
    "Links are web addresses",
    CODE,
    "Link to pages by their http or https address.",
    CONTENT,
    _form,
)
PERSONAL = Rule(
    "link-personal",
    "No personal data in links",
    "UK GDPR, data minimisation: a public link carries no personal data",
    "Use links without anybody's e-mail address.",
    CONTENT,
    _personal,
)
ONE = Rule(
    "link-count",
    "One link",
    CODE,
    "Give one link, so that it is plain where to go.",
    CONTENT,
    _many,
)
