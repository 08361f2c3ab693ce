"""A week small enough to be worked out by hand. The sums stand beside the figures; test_worked_example.py asks
every format for them.

Week 2026-W47 is Monday 16 to Sunday 22 November 2026; London is on GMT, so its close is 23 November 00:00 UTC.
X publishes views, four kinds of interaction and clicks; Mastodon publishes interactions alone.

            out         close of W46      close of W47      gain of W47      at 72 hours
    X   1   Mon 16      -                 1000 / 40 / 12    1000 / 40 / 12   800 / 32   4%
    X   2   Tue 17      -                 2000 / 50 / 20    2000 / 50 / 20   1500 / 30  2%
    X   3   Wed 18      -                  500 / 30 /  5     500 / 30 /  5   400 / 24   6%
    X   4   Fri 20      -                 not read          unknown          not 72 h old on Monday 07:00
    X   5   Wed 11      3000 / 90 / 30    3200 / 95 / 31     200 /  5 /  1
    X   6   Thu 12      1200 / 24 /  8    1150 / 24 /  8     -50 /  0 /  0   restated by the network
    X   7   Tue 3       not read          5100 / 120 / 40   unknown
    M   8   Tue 17      -                  - / 14 / -         - / 14 / -     12
    M   9   Thu 19      -                  - /  6 / -         - /  6 / -     5
    M  10   Mon 9       - / 20 / -         - / 22 / -         - /  2 / -
                        (views / interactions / clicks)
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bfbot.domain.campaign import Campaign, Goal, Pillar
from bfbot.domain.snapshot import AccountSnapshot, PostFigures, Snapshot
from bfbot.domain.week import Week
from bfbot.reporting.material import Channel, Coming, Material, Pause, Sent, Unsent

WEEK = Week(2026, 47)
CLOSE = datetime(2026, 11, 23, 0, 4, tzinfo=UTC)
BEFORE = datetime(2026, 11, 16, 0, 3, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)

CAMPAIGN = Campaign(
    id="bright-futures",
    name="Bright Futures",
    owner="LGA",
    hashtag="GettingTheBest",
    link="https://www.local.gov.uk/bright-futures",
    contact="campaign@desk.example",
    pillars=(
        Pillar("outcomes", "Outcomes for children"),
        Pillar("right-support", "The right support"),
        Pillar("health", "Healthy lives"),
    ),
    goals=(Goal("impressions", 250_000, date(2026, 9, 1), date(2027, 8, 31)),),
)
X = Channel(
    "lga-x", "x", "X", False, frozenset({"impressions", "reactions", "comments", "shares", "saves", "clicks"})
)
MASTODON = Channel("lga-mastodon", "mastodon", "Mastodon", False, frozenset({"reactions", "comments", "shares"}))


def seen(views: int, interactions: int, clicks: int) -> PostFigures:
    """Figures of X: a tenth of the interactions are shares, the rest reactions."""
    shares = interactions // 10
    return PostFigures(views, None, interactions - shares, 0, shares, 0, clicks)


def heard(interactions: int) -> PostFigures:
    """Figures of Mastodon."""
    return PostFigures(reactions=interactions, comments=0, shares=0)


def sent(
    number: int,
    account: str,
    day: datetime,
    post: int,
    pillar: str | None,
    text: str,
    **taken: PostFigures,
) -> Sent:
    """`taken` by occasion: close (of W47), before (close of W46), at_72."""
    times = {
        "before": ("week:2026-W46", BEFORE),
        "at_72": ("3d", day + timedelta(hours=72, minutes=2)),
        "close": ("week:2026-W47", CLOSE),
    }
    shots = [Snapshot(number, times[name][1], times[name][0], figures) for name, figures in taken.items()]
    return Sent(
        id=number,
        post_id=post,
        account=account,
        published_at=day,
        text=text,
        url=f"https://network.example/{number}",
        pillar=pillar,
        snapshots=tuple(sorted(shots, key=lambda one: one.taken_at)),
    )


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


FORMULA = "=HYPERLINK(\"http://bad.example\") & <script>alert('posts')</script> families want help early"
SENT = (
    sent(1, "lga-x", at(16), 1, "outcomes", "Every child should get help before a crisis.",
         at_72=seen(800, 32, 9), close=seen(1000, 40, 12)),
    sent(2, "lga-x", at(17), 2, "outcomes", "Councils need funding that lasts.",
         at_72=seen(1500, 30, 15), close=seen(2000, 50, 20)),
    sent(3, "lga-x", at(18), 3, "right-support", FORMULA,
         at_72=seen(400, 24, 4), close=seen(500, 30, 5)),
    sent(4, "lga-x", at(20), 4, None, "Thank you to everybody who came."),
    sent(5, "lga-x", at(11), 11, "outcomes", "Early help works.",
         before=seen(3000, 90, 30), close=seen(3200, 95, 31)),
    sent(6, "lga-x", at(12), 12, "outcomes", "Support for families.",
         before=seen(1200, 24, 8), close=seen(1150, 24, 8)),
    sent(7, "lga-x", at(3), 13, "outcomes", "Foster carers are needed.", close=seen(5100, 120, 40)),
    sent(8, "lga-mastodon", at(17), 1, "outcomes", "Every child should get help before a crisis.",
         at_72=heard(12), close=heard(14)),
    sent(9, "lga-mastodon", at(19, 8), 5, "right-support", "Schools and councils together.",
         at_72=heard(5), close=heard(6)),
    sent(10, "lga-mastodon", at(9), 14, "outcomes", "A good start in life.",
         before=heard(20), close=heard(22)),
)  # fmt: skip

MATERIAL = Material(
    campaign=CAMPAIGN,
    week=WEEK,
    now=NOW,
    channels=(X, MASTODON),
    sent=SENT,
    unsent=(
        Unsent("lga-x", "A post that nobody approved.", "not_approved", at(19, 12)),
        Unsent("lga-mastodon", "A post that came too late.", "missed", at(20, 12)),
    ),
    coming=(Coming(21, at(24), True), Coming(22, at(24, 15), True), Coming(23, at(26), False)),
    pauses=(Pause("National mourning", "Duty approver", at(21, 10), at(21, 18)),),
    accounts=(AccountSnapshot("lga-x", CLOSE, 15_250, 2_900, "7 days to 22 November"),),
    comment="A quiet week before the inquiry reports.\nWe answer it on Tuesday.",
    commented_by="Head of communications",
)
