"""Whether the things of the files fit together: what they name is there, dates run forwards, pictures exist.

Faults of level `error` keep a set from becoming a revision. What only stops single posts is told by content.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from bfbot.domain.finding import Fault
from bfbot.domain.message import CAPTIONS, VIDEO
from bfbot.domain.wording import FACT_KINDS, placeholders
from bfbot.library.checking_media import check_consent, check_picture, check_quote, same_file_twice
from bfbot.library.checking_seasons import check_hours, check_period
from bfbot.library.forms import SINGULAR, Forms, Placed, did_you_mean
from bfbot.library.schema import FORMS

Platforms = Mapping[str, Collection[str]]
"""The networks' names, and the names of the secrets that each takes."""

_ANYWHERE = {"link", "hashtag", "owner"}
_OF_RELEASES = {*_ANYWHERE, "title", "summary"}


def check_forms(forms: Forms, *, has_file: Callable[[str], bool], platforms: Platforms | None) -> Iterator[Fault]:
    """All that does not fit together. `has_file` says whether a path below messages/ is a file in there."""
    yield from _twice(forms)
    for one in forms["campaigns"]:
        yield from _campaign(one)
    for one in forms["accounts"]:
        yield from _named(one, forms, "campaigns", one.form.campaigns, "campaigns")
        yield from _network(one, platforms)
    for one in forms["feeds"]:
        yield from _feed(one, forms)
    for one in forms["slots"]:
        yield from _slot(one, forms)
    for one in forms["quiet_times"]:
        yield from _quiet_time(one, forms)
    for one in forms["periods"]:
        yield from _named(one, forms, "campaigns", one.form.campaigns, "campaigns")
        yield from check_period(one)
    for one in forms["clashes"]:
        yield from _named(one, forms, "campaigns", one.form.campaigns, "campaigns")
        yield from _named(one, forms, "accounts", one.form.accounts, "accounts")
        yield from _forwards(one, one.form.first, one.form.until, "until")
    for one in forms["spokespeople"]:
        stands = one.form.candidate
        yield from _forwards(one, stands and stands.first, stands and stands.until, "candidate", "until")
    for one in forms["pictures"]:
        yield from check_picture(one, has_file)
        yield from _named(one, forms, "consents", [one.form.consent] if one.form.consent else [], "consent")
    yield from same_file_twice(forms["pictures"])
    for one in forms["consents"]:
        yield from _named(one, forms, "campaigns", one.form.campaigns, "campaigns")
        yield from check_consent(one, {account.form.id for account in forms["accounts"]}, platforms)
        yield from _forwards(one, one.form.recorded_on, one.form.expires, "expires")
    for one in forms["facts"]:
        for key in ("supersedes", "conflicts_with"):
            yield from _named(one, forms, "facts", getattr(one.form, key), key)
        yield from _named(one, forms, "facts", [one.form.part_of] if one.form.part_of else [], "part_of")
    for one in (*forms["asks"], *forms["templates"], *forms["messages"]):
        yield from _named(one, forms, "campaigns", [one.form.campaign], "campaign")
    for one in forms["templates"]:
        yield from _texts(one, forms, platforms, _OF_RELEASES)
    for one in forms["messages"]:
        yield from _texts(one, forms, platforms, _ANYWHERE)
        yield from _message(one, forms, has_file)


def texts_of(one: Placed) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text of a message or a template, and its key."""
    yield one.form.text, ("text",)
    for platform, text in one.form.variants.items():
        yield text, ("variants", platform)


def _error(one: Placed, what: str, mend: str, *at: str | int, rule: str = "reference") -> Fault:
    return one.fault("error", rule, what, mend, *at)


def _twice(forms: Forms) -> Iterator[Fault]:
    for kind in SINGULAR:
        first: dict[str, Placed] = {}
        for one in forms[kind]:
            before = first.setdefault(one.form.id, one)
            if before is not one:
                place = f"{before.file.name}:{before.file.line((*before.path, 'id'))}"
                what = f"There is another {SINGULAR[kind]} “{one.form.id}” at {place}."
                yield _error(one, what, "Give one of them a new id.", "id", rule="duplicate")


def _named(one: Placed, forms: Forms, kind: str, ids: Iterable[str], *at: str | int) -> Iterator[Fault]:
    for wanted in ids:
        if wanted not in forms.declared[kind]:
            what = f"There is no {SINGULAR[kind]} “{wanted}”."
            folder = "messages" if kind in FORMS["messages"] else "schedules"
            otherwise = f"Name one that stands in {folder}/, or add it."
            yield _error(one, what, did_you_mean(wanted, forms.declared[kind], otherwise), *at)


def _forwards(one: Placed, first: date | None, last: date | None, *at: str | int) -> Iterator[Fault]:
    if first and last and last < first:
        yield _error(
            one, f"It ends on {last} before it begins on {first}.", "Swap or mend the dates.", *at, rule="dates"
        )


def _campaign(one: Placed) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, pillar in enumerate(one.form.pillars):
        if pillar.id in seen:
            what = f"The theme “{pillar.id}” stands here twice."
            yield _error(one, what, "Give one a new id.", "pillars", number, rule="duplicate")
        seen.add(pillar.id)
    for number, goal in enumerate(one.form.goals):
        yield from _forwards(one, goal.first, goal.until, "goals", number, "until")


def _network(one: Placed, platforms: Platforms | None) -> Iterator[Fault]:
    if platforms is None:
        return
    if one.form.platform not in platforms:
        otherwise = f"bfbot knows {', '.join(sorted(platforms))}."
        what = f"There is no network “{one.form.platform}”."
        yield _error(one, what, did_you_mean(one.form.platform, platforms, otherwise), "platform")
        return
    takes = platforms[one.form.platform]
    if any(name not in takes for name in one.form.secrets):  # not named: a secret may stand where its name belongs
        what = f"{one.form.platform} takes no secret of such a name."
        yield _error(one, what, f"It takes {', '.join(takes) or 'none at all'}.", "secrets")


def _accounts(one: Placed, forms: Forms, campaigns: Collection[str]) -> Iterator[Fault]:
    """Each account is there and speaks for at least one of the campaigns."""
    yield from _named(one, forms, "accounts", one.form.accounts, "accounts")
    speaks = {account.form.id: account.form.campaigns for account in forms["accounts"]}
    for account in one.form.accounts:
        if account in speaks and not set(speaks[account]) & set(campaigns):
            what = f"The account “{account}” does not belong to the campaign {' or '.join(campaigns)}."
            yield _error(one, what, "Add the campaign to the account, or name another account.", "accounts")


def _feed(one: Placed, forms: Forms) -> Iterator[Fault]:
    yield from _named(one, forms, "campaigns", one.form.campaigns, "campaigns")
    yield from _named(one, forms, "templates", [one.form.template], "template")
    yield from _accounts(one, forms, one.form.campaigns)
    for template in forms["templates"]:
        if template.form.id == one.form.template and template.form.campaign not in one.form.campaigns:
            what = f"The template “{template.form.id}” belongs to the campaign “{template.form.campaign}”."
            yield _error(one, what, "Name a template of the feed's own campaign.", "template")


def _slot(one: Placed, forms: Forms) -> Iterator[Fault]:
    yield from _named(one, forms, "campaigns", [one.form.campaign], "campaign")
    yield from _accounts(one, forms, [one.form.campaign])
    yield from _forwards(one, one.form.first, one.form.until, "until")


def _quiet_time(one: Placed, forms: Forms) -> Iterator[Fault]:
    yield from _named(one, forms, "campaigns", one.form.campaigns, "campaigns")
    yield from check_hours(one)
    if one.form.starts and one.form.starts == one.form.ends:
        yield _error(one, "It begins and ends at the same time.", "Mend one of the two.", "until", rule="dates")


def _texts(one: Placed, forms: Forms, platforms: Platforms | None, names: set[str]) -> Iterator[Fault]:
    """Placeholders and facts that a text names, and the networks that it has variants for."""
    for text, at in texts_of(one):
        for inner in placeholders(text):
            kind, colon, fact_id = inner.partition(":")
            if inner in names:
                continue
            if kind in FACT_KINDS and colon:
                yield from _named(one, forms, "facts", [fact_id], *at)
            else:
                known = ", ".join(f"{{{name}}}" for name in ("fact:ID", "period:ID", "source:ID", *sorted(names)))
                what = f"“{{{inner[:40]}}}” is no placeholder of this {SINGULAR[one.kind]}."
                yield _error(one, what, f"It may hold {known}.", *at, rule="placeholder")
    for platform in one.form.variants:
        if platforms is not None and platform not in platforms:
            what = f"There is no network “{platform}”."
            otherwise = f"bfbot knows {', '.join(sorted(platforms))}."
            yield _error(one, what, did_you_mean(platform, platforms, otherwise), "variants", platform)


def _message(one: Placed, forms: Forms, has_file: Callable[[str], bool]) -> Iterator[Fault]:
    campaign = forms.declared["campaigns"].get(one.form.campaign)
    themes = _themes(campaign)
    if campaign and one.form.pillar not in themes:
        what = f"The campaign “{one.form.campaign}” has no theme “{one.form.pillar}”."
        otherwise = f"Its themes are {', '.join(themes)}." if themes else "Add it to the campaign."
        yield _error(one, what, did_you_mean(one.form.pillar, themes, otherwise), "pillar")
    yield from _named(one, forms, "asks", one.form.asks, "asks")
    yield from _forwards(one, one.form.valid.first, one.form.valid.until, "valid", "until")
    for number, media in enumerate(one.form.media):
        if media.card:
            yield from _named(one, forms, "facts", [media.card], "media", number, "card")
        elif media.picture:
            yield from _named(one, forms, "pictures", [media.picture], "media", number, "picture")
        elif not has_file(media.file):
            what = f"There is no picture “{media.file}” in messages/."
            yield _error(one, what, "Put it there, or mend the path.", "media", number, "file", rule="media")
        yield from _captions(one, number, has_file)
    yield from _named(one, forms, "consents", [one.form.consent] if one.form.consent else [], "consent")
    if one.form.quote:
        yield from _named(one, forms, "spokespeople", [one.form.quote.by], "quote", "by")
        yield from check_quote(one)
    yield from _pair(one, forms)


def _captions(one: Placed, number: int, has_file: Callable[[str], bool]) -> Iterator[Fault]:
    """A video brings its captions; a picture has none."""
    media = one.form.media[number]
    film, at = (media.file or "").lower().endswith(VIDEO), ("media", number)
    if film and not media.captions:
        what, mend = f"The video “{media.file}” has no captions.", "Add captions: PATH of its .vtt or .srt file."
    elif media.captions and not film:
        what, mend = "Captions stand beside a picture.", "Take them out: captions belong to a video."
    elif media.captions and not media.captions.lower().endswith(CAPTIONS):
        what, mend = f"“{media.captions}” is no file of captions.", "Name a .vtt or .srt file."
    elif media.captions and not has_file(media.captions):
        what, mend = f"There is no file “{media.captions}” in messages/.", "Put it there, or mend the path."
    else:
        return
    yield _error(one, what, mend, *at, *(("captions",) if media.captions else ()), rule="captions")


def _pair(one: Placed, forms: Forms) -> Iterator[Fault]:
    """Two evergreen posts that name each other and say the same in two languages, for one campaign and theme."""
    if not one.form.pair:
        return
    if one.form.language is None:
        mend = "Add language: cy or language: en."
        yield _error(one, "This half of a pair has no language.", mend, "pair", rule="pair")
    yield from _named(one, forms, "messages", [one.form.pair], "pair")
    other = next((two.form for two in forms["messages"] if two.form.id == one.form.pair), None)
    if other is None:
        return
    if other.id == one.form.id or other.pair != one.form.id:
        what, mend = f"“{other.id}” does not name this one as its pair.", f"Add pair: {one.form.id} to it."
    elif other.language is not None and other.language == one.form.language:
        what, mend = f"“{other.id}” is in the same language.", "Give one of them the other language."
    elif (other.campaign, other.pillar, other.kind) != (one.form.campaign, one.form.pillar, one.form.kind):
        what, mend = f"“{other.id}” has another campaign, theme or kind.", "Give both halves of a pair the same."
    else:
        return
    yield _error(one, what, mend, "pair", rule="pair")


def _themes(campaign: Any) -> list[str]:
    """The ids of a campaign's pillars as written: its form may be faulty elsewhere."""
    pillars = campaign.get("pillars") if isinstance(campaign, dict) else None
    return [str(one.get("id")) for one in pillars if isinstance(one, dict)] if isinstance(pillars, list) else []
