"""Each theme's share of the week's posts against its share of what came of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bfbot.reporting.gains import Total, add_up, gain, published_in
from bfbot.reporting.material import Material, Sent


@dataclass(frozen=True)
class ThemeWeek:
    """A theme's row; `id` None gathers posts without a theme. Shares are 0 to 1, None where unknown.

    One text on three channels is one post here. Shares of results are over the posts whose figures are known.
    """

    id: str | None
    name: str
    posts: int
    posts_share: float | None
    impressions: Total
    impressions_share: float | None
    engagements: Total
    engagements_share: float | None


def theme_weeks(material: Material) -> tuple[ThemeWeek, ...]:
    """Every theme of the campaign in its order, then posts without one, if there are any."""
    week_posts = [one for one in material.sent if published_in(one, material.week)]
    named: list[tuple[str | None, str]] = [(one.id, one.name) for one in material.campaign.pillars]
    ids = {theme for theme, _ in named}
    if any(one.pillar not in ids for one in week_posts):
        named.append((None, "No theme"))
    rows = []
    everything = _counted(material, week_posts)
    for theme, name in named:
        own = [one for one in week_posts if (one.pillar if one.pillar in ids else None) == theme]
        posts, views, interactions = _counted(material, own)
        rows.append(
            ThemeWeek(
                id=theme,
                name=name,
                posts=posts,
                posts_share=_share(posts, everything[0]),
                impressions=views,
                impressions_share=_share(views.value if own else 0, everything[1].value),
                engagements=interactions,
                engagements_share=_share(interactions.value if own else 0, everything[2].value),
            )
        )
    return tuple(rows)


def _counted(material: Material, posts: Sequence[Sent]) -> tuple[int, Total, Total]:
    return (
        len({one.post_id for one in posts}),
        add_up(_gains(material, posts, "impressions")),
        add_up(_gains(material, posts, "engagements")),
    )


def _gains(material: Material, posts: Sequence[Sent], measure: str) -> list[int | None]:
    return [
        gain(one, measure, material.week)
        for one in posts
        if one.account in material.by_account and material.by_account[one.account].publishes(measure)
    ]


def _share(part: int | None, whole: int | None) -> float | None:
    return round(part / whole, 4) if part is not None and whole is not None and whole > 0 else None
