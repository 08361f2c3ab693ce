"""From filled forms to the words of the domain. Decides nothing: the forms have been checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from bfbot.domain.campaign import Campaign, Goal, Pillar
from bfbot.domain.fact import Fact, Source
from bfbot.domain.message import Ask, MediaUse, Message, ReleaseTemplate
from bfbot.domain.picture import Consent, Picture, Quote
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account, Feed, QuietTime, Slot
from bfbot.domain.season import Clash, Period, Spokesperson
from bfbot.domain.yearly import Yearly
from bfbot.library.fields import BANK_HOLIDAY
from bfbot.library.forms import Forms
from bfbot.library.media_forms import ConsentForm, PictureForm
from bfbot.library.schema import (
    AccountForm,
    AskForm,
    CampaignForm,
    FactForm,
    FeedForm,
    MediaForm,
    MessageForm,
    QuietTimeForm,
    SlotForm,
    TemplateForm,
)
from bfbot.library.seasonal import ClashForm, PeriodForm, SpokespersonForm


def revision(forms: Forms, *, digest: str, made_at: datetime) -> Revision:
    """Everything that was read, not stored yet (number 0)."""

    def by_id(kind: str, build: Callable[[Any], Any]) -> dict[str, Any]:
        return {one.form.id: build(one.form) for one in forms[kind]}

    pictures = by_id("pictures", _picture)
    nations = {one.form.id: one.form.nation for one in forms["campaigns"]}
    return Revision(
        number=0,
        digest=digest,
        made_at=made_at,
        campaigns=by_id("campaigns", _campaign),
        facts=by_id("facts", _fact),
        asks=by_id("asks", _ask),
        messages=by_id("messages", lambda form: _message(form, pictures)),
        templates=by_id("templates", _template),
        accounts=by_id("accounts", _account),
        feeds=by_id("feeds", _feed),
        slots=by_id("slots", _slot),
        quiet_times=by_id("quiet_times", lambda form: _quiet_time(form, nations)),
        periods=by_id("periods", _period),
        clashes=by_id("clashes", _clash),
        spokespeople=by_id("spokespeople", _spokesperson),
        pictures=pictures,
        consents=by_id("consents", _consent),
    )


def _campaign(form: CampaignForm) -> Campaign:
    return Campaign(
        id=form.id,
        name=form.name,
        owner=form.owner,
        hashtag=form.hashtag,
        link=form.link,
        contact=form.contact,
        pillars=tuple(Pillar(one.id, one.name) for one in form.pillars),
        goals=tuple(Goal(one.measure, one.target, one.first, one.until) for one in form.goals),
        zone=form.timezone,
        language=form.language,
        hashtags=tuple(form.hashtags),
        tracking=form.tracking,
        own_hosts=tuple(form.own_sites),
        reading_age=form.reading_age,
        nation=form.nation,
        also_called=tuple(form.also_called),
    )


def _fact(form: FactForm) -> Fact:
    return Fact(
        id=form.id,
        measure=form.measure,
        value=form.value,
        unit=form.unit,
        qualifier=form.qualifier,
        period=form.period,
        owner=form.owner,
        source=Source(form.source.name, form.source.url) if form.source else None,
        as_of=form.as_of,
        status=form.status,
        period_ends=form.period_ends,
        review_by=form.review_by,
        expires=form.expires,
        supersedes=tuple(form.supersedes),
        part_of=form.part_of,
        conflicts_with=tuple(form.conflicts_with),
        note=form.note,
    )


def _ask(form: AskForm) -> Ask:
    return Ask(
        id=form.id,
        campaign=form.campaign,
        version=form.version,
        addressed_to=form.addressed_to,
        text=form.text,
        status=form.status,
        lobbying=form.lobbying,
        until=form.until,
    )


def _message(form: MessageForm, pictures: Mapping[str, Picture]) -> Message:
    return Message(
        id=form.id,
        kind=form.kind,
        campaign=form.campaign,
        pillar=form.pillar,
        text=form.text,
        variants=dict(form.variants),
        media=tuple(_media(one, pictures) for one in form.media),
        link=form.link,
        valid_from=form.valid.first,
        valid_until=form.valid.until,
        rest_days=form.rest_days,
        asks=tuple(form.asks),
        lobbying=form.lobbying,
        language=form.language or "",
        pair=form.pair or "",
        when=Yearly(form.when.month, form.when.day, form.when.around) if form.when else None,
        people=form.people,
        consent=form.consent or "",
        quote=Quote(form.quote.by, form.quote.words) if form.quote else None,
    )


def _media(form: MediaForm, pictures: Mapping[str, Picture]) -> MediaUse:
    """What the library holds becomes a file, with the library's words where the evergreen post has none."""
    if form.picture is None:
        return MediaUse(alt=form.alt or "", card=form.card, file=form.file, captions=form.captions)
    held = pictures[form.picture]
    return MediaUse(alt=form.alt or held.alt, file=held.file, captions=form.captions or held.captions)


def _picture(form: PictureForm) -> Picture:
    return Picture(
        id=form.id,
        file=form.file,
        people=form.people,
        credit=form.credit,
        licence=form.licence,
        owner=form.owner,
        expires=form.expires,
        consent=form.consent or "",
        alt=form.alt,
        focal=(form.focal[0], form.focal[1]),
        captions=form.captions,
        captions_in_picture=form.captions_in_picture,
    )


def _consent(form: ConsentForm) -> Consent:
    return Consent(
        id=form.id,
        scope=frozenset(form.scope),
        campaigns=tuple(form.campaigns),
        channels=tuple(form.channels),
        given_by=form.given_by,
        recorded_on=form.recorded_on,
        expires=form.expires,
        withdrawn=form.withdrawn,
    )


def _template(form: TemplateForm) -> ReleaseTemplate:
    return ReleaseTemplate(id=form.id, campaign=form.campaign, text=form.text, variants=dict(form.variants))


def _account(form: AccountForm) -> Account:
    return Account(
        id=form.id,
        platform=form.platform,
        campaigns=tuple(form.campaigns),
        base_url=form.base_url,
        label=form.label,
        secrets=dict(form.secrets),
        key_until=form.key_until,
        areas=tuple(form.areas),
    )


def _feed(form: FeedForm) -> Feed:
    return Feed(
        id=form.id,
        url=form.url,
        campaigns=tuple(form.campaigns),
        accounts=tuple(form.accounts),
        every=form.every,
        template=form.template,
        auto_after=form.publish,
        window=form.window,
        cap_per_poll=form.cap_per_poll,
        max_age=form.max_age,
        quiet_after=form.quiet_after,
    )


def _slot(form: SlotForm) -> Slot:
    return Slot(
        id=form.id,
        campaign=form.campaign,
        days=form.days,
        at=form.at,
        kinds=frozenset(kind.value for kind in form.kinds),
        accounts=tuple(form.accounts),
        window=form.window,
        from_day=form.first,
        until_day=form.until,
    )


def _quiet_time(form: QuietTimeForm, nations: Mapping[str, str]) -> QuietTime:
    nation = form.nation or nations[form.campaigns[0]]
    return QuietTime(
        id=form.id,
        campaigns=tuple(form.campaigns),
        days=form.days - {BANK_HOLIDAY},
        starts=form.starts or time(0),
        ends=form.ends or time(0),
        bank_holidays=nation if BANK_HOLIDAY in form.days else "",
    )


def _period(form: PeriodForm) -> Period:
    return Period(
        id=form.id,
        name=form.name,
        starts_at=form.starts_at,
        ends_at=form.ends_at,
        zone=form.zone,
        campaigns=tuple(form.campaigns),
        areas=tuple(form.areas),
        applies_to=tuple(form.applies_to),
        explanation=form.explanation,
    )


def _clash(form: ClashForm) -> Clash:
    return Clash(
        id=form.id,
        name=form.name,
        campaigns=tuple(form.campaigns),
        first=form.first,
        last=form.until,
        accounts=tuple(form.accounts),
    )


def _spokesperson(form: SpokespersonForm) -> Spokesperson:
    stands = form.candidate
    return Spokesperson(
        id=form.id,
        role=form.role,
        name=form.name,
        party=form.party,
        handles=tuple(form.handles),
        candidate=stands is not None,
        candidate_from=stands.first if stands else None,
        candidate_until=stands.until if stands else None,
    )
