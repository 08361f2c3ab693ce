"""From a post's wording to what exactly goes out: one way for preview, submission and check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bfbot.config import config
from bfbot.desk.library_copies import refuse_copies
from bfbot.domain.campaign import Campaign
from bfbot.domain.post import Wording
from bfbot.domain.proof import MediaProof, Proof
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account
from bfbot.domain.tracking import tagged, tagged_text, tags_for
from bfbot.domain.wording import resolve
from bfbot.errors import UsageError
from bfbot.media.resolve import picture
from bfbot.platforms.base import Draft
from bfbot.platforms.registry import platform_for, spec_of


def proofs(
    wording: Wording,
    *,
    campaign: Campaign,
    accounts: Sequence[str],
    revision: Revision,
    own_words: bool,
    extras: Mapping[str, str] | None = None,
    post: int = 0,
    theme: str | None = None,
    pictures: Sequence[MediaProof] | None = None,
) -> dict[str, Proof]:
    """A Proof for each account, in the order given. Contacts nobody.

    The campaign's hashtag is added to what comes from the library or a feed; with `own_words` a person's text
    stays as it was typed. The campaign's own links carry `post` (0: not saved yet) and `theme` where it wants
    that; they are counted and approved like that. `pictures` are those of the wording, where they have been looked
    at already; otherwise they are taken into the store.
    Raises ContentRefused for an unknown placeholder or a picture that cannot be used.
    """
    refuse_copies(wording.media, revision, config().home)
    media = tuple(
        (picture(one, revision, config().home) for one in wording.media) if pictures is None else pictures
    )
    if own_words and f"#{campaign.hashtag.casefold()}" not in wording.text.casefold():
        campaign = replace(campaign, hashtag="")
    made = {}
    for account_id in accounts:
        account = account_of(account_id, revision)
        texts = resolve(
            wording.for_platform(account.platform),
            facts=revision.facts,
            campaign=campaign,
            link=wording.link,
            extras=extras or {},
        )
        links: tuple[str, ...] = (wording.link,) if wording.link else ()
        tags = tags_for(campaign, platform=spec_of(account.platform).label, post=post, theme=theme)
        if tags is not None:
            texts = tuple(tagged_text(one, tags) for one in texts)
            links = tuple(tagged(one, tags) for one in links)
        draft = Draft(
            account=account.id,
            texts=texts,
            media=media,
            links=links,
            language=wording.language or campaign.language,
        )
        made[account_id] = platform_for(account).render(draft)
    return made


def account_of(account_id: str, revision: Revision) -> Account:
    """Raises UsageError naming the accounts there are."""
    account = revision.accounts.get(account_id)
    if account is None:
        known = ", ".join(revision.accounts) or "none yet"
        raise UsageError(f"There is no account “{account_id}”.", mend=f"Accounts in schedules/: {known}.")
    return account


def campaign_of(campaign_id: str, revision: Revision) -> Campaign:
    """Raises UsageError naming the campaigns there are."""
    campaign = revision.campaigns.get(campaign_id)
    if campaign is None:
        known = ", ".join(revision.campaigns) or "none yet"
        raise UsageError(f"There is no campaign “{campaign_id}”.", mend=f"Campaigns in schedules/: {known}.")
    return campaign
