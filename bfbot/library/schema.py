"""The forms of the team's files: their keys, one class for each kind of thing; and the JSON Schema for editors."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from bfbot.domain.fact import FactStatus, Qualifier
from bfbot.domain.message import Kind
from bfbot.domain.picture import People
from bfbot.library.fields import (
    Clock,
    Day,
    Days,
    Duration,
    FeedAddress,
    Hashtag,
    Host,
    Id,
    Name,
    Publish,
    QuietDays,
    Secret,
    Text,
    WebAddress,
    Words,
    Zone,
    wrong,
)
from bfbot.library.form import Form
from bfbot.library.media_forms import ConsentForm, ConsentId, PictureForm, QuoteForm
from bfbot.library.seasonal import ClashForm, PeriodForm, SpokespersonForm, YearlyForm

Figure = Annotated[Decimal, Field(max_digits=24, decimal_places=6)]
Language = Literal["en", "cy"]
Nation = Literal["england", "scotland", "wales", "northern-ireland"]
Ids = Annotated[list[Id], Field(min_length=1)]


class SourceForm(Form):
    name: Name
    url: WebAddress = ""


class FactForm(Form):
    id: Id
    measure: Name
    value: Figure
    unit: Name
    qualifier: Qualifier = Qualifier.EXACT
    period: Words
    period_ends: Day | None = None
    owner: Name
    source: SourceForm | None = None
    as_of: Day
    review_by: Day | None = None
    expires: Day | None = None
    status: FactStatus
    supersedes: list[Id] = []
    part_of: Id | None = None
    conflicts_with: list[Id] = []
    note: Words = ""


class AskForm(Form):
    id: Id
    campaign: Id
    version: Name
    addressed_to: Name
    text: Text
    status: Literal["current", "superseded", "expired"]
    lobbying: bool = False
    until: Day | None = None


class TemplateForm(Form):
    id: Id
    campaign: Id
    text: Text
    variants: dict[str, Text] = {}


class MediaForm(Form):
    """A card drawn from a statistic, a picture of the library, or a file of messages/; one of the three."""

    card: Id | None = None
    picture: Id | None = None
    file: Name | None = None
    alt: Text | None = None
    captions: Name | None = None

    @model_validator(mode="after")
    def _one_picture(self) -> MediaForm:
        if [self.card, self.picture, self.file].count(None) != 2:
            mend = "Give card: ID, picture: ID or file: PATH, one of the three."
            raise wrong("A picture is either a card or a file, or stands in the library.", mend)
        if not self.alt and self.picture is None:
            raise wrong("“alt” is missing.", "Add alt: what a reader would see.")
        return self


class ValidForm(Form):
    first: Day | None = Field(None, alias="from")
    until: Day | None = None


class MessageForm(Form):
    id: Id
    kind: Kind
    campaign: Id
    pillar: Id
    text: Text
    variants: dict[str, Text] = {}
    media: list[MediaForm] = []
    link: WebAddress = ""
    valid: ValidForm = Field(default_factory=lambda: ValidForm.model_validate({}))
    rest_days: Annotated[int, Field(ge=0, le=3660)] = 21
    asks: list[Id] = []
    lobbying: bool = False
    language: Language | None = None
    pair: Id | None = None
    when: YearlyForm | None = None
    people: People | None = None
    consent: ConsentId | None = None
    quote: QuoteForm | None = None


class PillarForm(Form):
    id: Id
    name: Name


class GoalForm(Form):
    measure: Literal["posts", "impressions", "engagements", "clicks"]
    target: Annotated[int, Field(gt=0)]
    first: Day = Field(alias="from")
    until: Day


class CampaignForm(Form):
    id: Id
    name: Name
    owner: Name
    hashtag: Hashtag
    link: WebAddress
    contact: Name
    timezone: Zone = "Europe/London"
    language: Annotated[str, Field(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    pillars: list[PillarForm] = []
    goals: list[GoalForm] = []
    hashtags: list[Hashtag] = []
    tracking: bool = False
    own_sites: list[Host] = []
    reading_age: Annotated[int, Field(ge=8, le=25)] = 14
    nation: Nation = "england"
    also_called: list[Name] = []


class AccountForm(Form):
    id: Id
    platform: Name
    campaigns: Ids
    base_url: WebAddress = ""
    label: Words = ""
    secrets: dict[str, Secret] = {}
    key_until: Day | None = None
    areas: list[Name] = []


class FeedForm(Form):
    id: Id
    url: FeedAddress
    campaigns: Ids
    accounts: Ids
    every: Duration
    template: Id
    publish: Publish = None
    window: Duration = Field("24 h", validate_default=True)
    cap_per_poll: Annotated[int, Field(ge=1, le=100)] = 5
    max_age: Duration = Field("3 days", validate_default=True)
    quiet_after: Duration | None = None


class SlotForm(Form):
    id: Id
    campaign: Id
    days: Days
    at: Clock
    kinds: Annotated[list[Kind], Field(min_length=1)]
    accounts: Ids
    window: Duration
    first: Day | None = Field(None, alias="from")
    until: Day | None = None


class QuietTimeForm(Form):
    """Without `from` and `until` it is the whole day."""

    id: Id
    campaigns: Ids
    days: QuietDays
    nation: Nation | None = None
    starts: Clock | None = Field(None, alias="from")
    ends: Clock | None = Field(None, alias="until")


FORMS: dict[str, dict[str, type[Form]]] = {
    "schedules": {
        "campaigns": CampaignForm,
        "accounts": AccountForm,
        "feeds": FeedForm,
        "slots": SlotForm,
        "quiet_times": QuietTimeForm,
        "periods": PeriodForm,
        "clashes": ClashForm,
    },
    "messages": {
        "facts": FactForm,
        "asks": AskForm,
        "templates": TemplateForm,
        "messages": MessageForm,
        "spokespeople": SpokespersonForm,
        "pictures": PictureForm,
        "consents": ConsentForm,
    },
}
"""By folder, the lists that its files may hold, and the form of their things."""


class _Files(Form):
    """What any one file may hold; the folder decides which of it."""

    campaigns: list[CampaignForm] | None = None
    accounts: list[AccountForm] | None = None
    feeds: list[FeedForm] | None = None
    slots: list[SlotForm] | None = None
    quiet_times: list[QuietTimeForm] | None = None
    periods: list[PeriodForm] | None = None
    clashes: list[ClashForm] | None = None
    facts: list[FactForm] | None = None
    asks: list[AskForm] | None = None
    templates: list[TemplateForm] | None = None
    messages: list[MessageForm] | None = None
    spokespeople: list[SpokespersonForm] | None = None
    pictures: list[PictureForm] | None = None
    consents: list[ConsentForm] | None = None


def json_schema() -> dict[str, Any]:
    """JSON Schema of every file of schedules/ and messages/, for editors that help while one writes."""
    schema = _Files.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "bfbot's files"}
