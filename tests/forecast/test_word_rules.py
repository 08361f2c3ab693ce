"""The shorter way to ask the rules says what all of them say when each is asked each time."""

from __future__ import annotations

import shutil
import time
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest

from bfbot.config import config
from bfbot.domain.finding import Finding, Moment
from bfbot.forecast.judge import Judge
from bfbot.forecast.look_ahead import look_ahead
from bfbot.forecast.word_rules import WORDS
from bfbot.library.shipped import shipped_folder
from bfbot.rules.base import Case, judge
from bfbot.rules.catalogue import RULES
from tests.workspace import clear

BEFORE_SUMMER_TIME = datetime(2027, 3, 22, 9, 0, tzinfo=UTC)  # statistics fall due for review on 31 March
ELECTION = "periods:\n  - {id: vote, name: Vote, from: 2027-04-05, until: 2027-04-06 22:00, zone: Europe/London}\n"


TAKEN = {
    "holds", "approval", "actor", "queued", "links_seen", "partner", "partner_stops", "signed_off", "others_near",
    "names", "quotes_signed",
}  # fmt: skip
"""What changes from day to day, or with other posts: rules that are asked for all days at once see none of it."""


class Watched(Case):
    """Tells when something of that is looked at."""

    def __getattribute__(self, name: str) -> Any:
        assert name not in TAKEN, f"a rule about words looks at {name}"
        return super().__getattribute__(name)


FOLD = """\
messages:
  - {id: fold, kind: action, campaign: bright-futures, pillar: outcomes, rest_days: 7,
     text: "Referrals to this small team rose five-fold in a year."}
"""


@pytest.mark.django_db
def test_it_is_the_same_as_asking_every_rule_each_time(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    home, short, asked, seen = config().home, Judge._findings, [], set()
    clear(home)
    for folder in ("messages", "schedules"):
        shutil.copytree(shipped_folder() / folder, home / folder)
    (home / "schedules" / "vote.yaml").write_text(ELECTION)
    (home / "messages" / "fold.yaml").write_text(FOLD)

    def compared(self: Judge, case: Case) -> tuple[Finding, ...]:
        found = short(self, case)
        asked.append((found, judge(case, RULES)))
        if case.moment is not Moment.SEND and case.post.message not in seen:
            seen.add(case.post.message)
            alone = Watched(**{one.name: getattr(case, one.name) for one in fields(case)})
            assert len(judge(alone, WORDS)) <= len(judge(case, RULES))
        return found

    try:
        look_ahead(BEFORE_SUMMER_TIME, 1)  # the files are read
        began = time.process_time()
        found = look_ahead(BEFORE_SUMMER_TIME, 3)
        took = time.process_time() - began
        monkeypatch.setattr(Judge, "_findings", compared)
        assert look_ahead(BEFORE_SUMMER_TIME, 3) == found
    finally:
        clear(home)
    assert len(found.lines) > 50
    assert len(asked) > 200
    assert len(seen) > 40
    assert [one for one in asked if set(one[0]) != set(one[1])] == []
    assert took < 2
