"""One good state of messages/ and schedules/, numbered and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bfbot.domain.campaign import Campaign
from bfbot.domain.fact import Fact
from bfbot.domain.message import Ask, Message, ReleaseTemplate
from bfbot.domain.picture import Consent, Picture
from bfbot.domain.schedule import Account, Feed, QuietTime, Slot
from bfbot.domain.season import Clash, Period, Spokesperson


@dataclass(frozen=True)
class Revision:
    """Everything the team's files say. Mappings are keyed by id and keep the files' order.

    `number` 0 is "not stored yet"; `digest` is the sha256 of the files it was read from, as hex.
    """

    number: int
    digest: str
    made_at: datetime
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    asks: Mapping[str, Ask] = field(default_factory=dict)
    messages: Mapping[str, Message] = field(default_factory=dict)
    templates: Mapping[str, ReleaseTemplate] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    quiet_times: Mapping[str, QuietTime] = field(default_factory=dict)
    periods: Mapping[str, Period] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    spokespeople: Mapping[str, Spokesperson] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
