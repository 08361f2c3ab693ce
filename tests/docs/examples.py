"""What completes each command so that it runs; what must be there first is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

from tests.cli.desk import APPROVER, AUTHOR, Desk
from tests.cli.to_live import first_post, prepare
from tests.servers.inbox import Inbox
from tests.simulators.mastodon import TOKEN, MastodonSimulator

Words = tuple[object, ...]
Example = Callable[[Desk], Words]
WRITE = ("--campaign", "bright-futures", "--account", "practice-lga", "--text", "Said once.", "--author", AUTHOR)
LATER = ("--at", "2095-01-07T09:00")
NUMBERS = count()


def post(desk: Desk, *more: object) -> int:
    """A new post; its words are numbered, because two posts must not say the same."""
    words = (*WRITE[:5], f"A word on family help, number {next(NUMBERS)}.", *WRITE[6:])
    return int(desk.well("queue", "add", *words, *more, "--json").json["id"])


def live(desk: Desk) -> int:
    number = post(desk)
    desk.well("queue", "approve", number)
    desk.well("once")
    return number


def as_shown(desk: Desk, number: int) -> str:
    """What `queue week` says of it."""
    listed = desk.json("queue", "week")["posts"]
    return next(str(one["shown"]) for one in listed if one["id"] == number)


def missed(desk: Desk) -> int:
    number = post(desk, *LATER)
    desk.rows(f"UPDATE ledger_delivery SET state = 'missed' WHERE post_id = {number}")
    return number


def may_be_live(desk: Desk) -> int:
    number = post(desk, *LATER)
    desk.rows(f"UPDATE ledger_delivery SET state = 'unknown' WHERE post_id = {number}")
    return number


def paused(desk: Desk) -> Words:
    desk.well("pause", "--reason", "A trial", "--by", AUTHOR)
    return ("--by", APPROVER)


def under_a_pause(desk: Desk) -> int:
    number = post(desk, *LATER)
    desk.well("pause", "--reason", "A trial", "--by", AUTHOR)
    return number


def period(desk: Desk) -> str:
    line = "{id: late-election, name: An election, from: 2095-01-01, until: 2095-02-01, zone: Europe/London}"
    path = desk.home / "schedules" / "one-period.yaml"
    path.write_text(f"periods:\n  - {line}\n", encoding="utf-8")
    return "late-election"


def real(desk: Desk) -> str:
    """A muted account on a network that lasts as long as these tests; all that it still needs is two people."""
    if not (desk.home / "schedules" / "town.yaml").exists():
        network = MastodonSimulator().__enter__()
        desk.settings |= {"TOWN_TOKEN": TOKEN, "BFBOT_PRIVATE_HOSTS": network.address}
        entry = f"{{id: town, platform: mastodon, campaigns: [county-children], base_url: '{network.base_url}', "
        entry += "secrets: {access_token: env:TOWN_TOKEN}}"
        (desk.home / "schedules" / "town.yaml").write_text(f"accounts:\n  - {entry}\n", encoding="utf-8")
        first_post(desk, "town", "county-children", "A long bus ride should not decide who gets help.")
        desk.well("once")
        prepare(desk, "town")
    forget = "asked_by = '', asked_at = NULL, live_by = '', live_since = NULL"
    desk.rows(f"UPDATE ledger_accountstate SET {forget} WHERE account = 'town'")
    return "town"


def asked(desk: Desk) -> str:
    """The same, and somebody asks that it goes live."""
    account = real(desk)
    asked_by = f"asked_by = '{AUTHOR}', asked_at = '2026-01-01 00:00:00'"
    desk.rows(f"UPDATE ledger_accountstate SET {asked_by} WHERE account = '{account}'")
    return account


def alerted(desk: Desk) -> Words:
    """An address that takes alerts, for as long as these tests run."""
    desk.settings["BFBOT_ALERT_URLS"] = Inbox().start().address
    return ()


def consented(desk: Desk) -> str:
    """A consent of nobody's, written into the files."""
    record = "scope: [story], campaigns: [bright-futures], channels: [mastodon], given_by: parent"
    days = "recorded_on: 2026-11-02, expires: 2095-11-01"
    path = desk.home / "messages" / "consents.yaml"
    path.write_text(f"consents:\n  - {{id: consent-2026-014, {record}, {days}}}\n", encoding="utf-8")
    return "consent-2026-014"


def quoting(desk: Desk) -> int:
    people = desk.home / "messages" / "quoted.yaml"
    people.write_text("spokespeople:\n  - {id: example-chair, role: Chair of the example}\n", encoding="utf-8")
    words = f"“We try again, {next(NUMBERS)} times,” said the Chair of the example."
    return int(desk.well("queue", "add", *WRITE[:5], words, *WRITE[6:], *LATER, "--json").json["id"])


def naming_another(desk: Desk, *signed: object) -> int:
    """A post that names the other organisation; `signed`: the words with which it is signed off."""
    words = f"With CCN we ask for help that comes early, number {next(NUMBERS)}."
    number = int(desk.well("queue", "add", *WRITE[:5], words, *WRITE[6:], *LATER, "--json").json["id"])
    if signed:
        desk.well("queue", "sign-off", number, *signed)
    return number


SIGN = ("--say", "Our board agreed.", "--by", APPROVER)


def somebody(desk: Desk) -> Words:
    desk.well("user", "add", "Press officer", "--role", "author")
    return ("Press officer",)


EXAMPLES: Mapping[str, Example] = {
    "up": lambda desk: (),
    "worker": lambda desk: (),
    "once": lambda desk: (),
    "init": lambda desk: (desk.home.parent / "another",),
    "check": lambda desk: (),
    "schema": lambda desk: (),
    "queue add": lambda desk: (*WRITE, *LATER),
    "queue list": lambda desk: (),
    "queue show": lambda desk: (post(desk, *LATER),),
    "queue submit": lambda desk: (post(desk, "--draft", *LATER), "--by", AUTHOR),
    "queue approve": lambda desk: (post(desk, *LATER), "--by", APPROVER),
    "queue week": lambda desk: (),
    "queue approve-week": lambda desk: (as_shown(desk, post(desk)), "--by", APPROVER),
    "queue sign-off": lambda desk: (naming_another(desk), *SIGN),
    "queue take-back": lambda desk: (naming_another(desk, *SIGN), "--by", APPROVER),
    "queue sign-offs": lambda desk: (),
    "queue reject": lambda desk: (post(desk, *LATER), "--by", APPROVER, "--reason", "Not our news."),
    "queue send-back": lambda desk: (post(desk, *LATER), "--by", APPROVER, "--reason", "Name the place."),
    "queue edit": lambda desk: (post(desk, *LATER), "--by", AUTHOR, "--text", "Another word on fostering."),
    "queue mend": lambda desk: (post(desk, *LATER), "--by", AUTHOR),
    "queue check-links": lambda desk: (post(desk, *LATER),),
    "queue withdraw": lambda desk: (post(desk, *LATER), "--by", AUTHOR),
    "queue retry": lambda desk: (missed(desk), "--by", AUTHOR),
    "queue look": lambda desk: (may_be_live(desk), "--by", APPROVER),
    "queue settle": lambda desk: (
        may_be_live(desk),
        "--by",
        APPROVER,
        "--account",
        "practice-lga",
        "--live",
        "/practice/4711",
    ),
    "queue delete": lambda desk: (live(desk), "--by", APPROVER),
    "approve-standing": lambda desk: ("--message", "early-help-explained", "--by", APPROVER),
    "forecast": lambda desk: ("--weeks", 2),
    "pause": lambda desk: ("--reason", "A trial", "--by", AUTHOR),
    "resume": paused,
    "holds": lambda desk: (),
    "clear": lambda desk: (under_a_pause(desk), "--ask", "The helpline has moved.", "--by", AUTHOR),
    "missed list": lambda desk: (),
    "missed again": lambda desk: (missed(desk), "--at", "2095-01-07T09:00", "--by", AUTHOR),
    "missed cancel": lambda desk: (missed(desk), "--by", AUTHOR),
    "season list": lambda desk: (),
    "season show": lambda desk: (period(desk),),
    "season keep": lambda desk: (period(desk), post(desk, *LATER), "--say", "A service.", "--by", APPROVER),
    "season explain": lambda desk: (period(desk), "--campaign", "bright-futures", "--by", AUTHOR),
    "media list": lambda desk: (),
    "media show": lambda desk: ("theme-outcomes",),
    "consent list": lambda desk: (),
    "consent show": lambda desk: (consented(desk),),
    "quote list": lambda desk: (),
    "quote sign": lambda desk: (f"post:{quoting(desk)}", "example-chair", "--said", "By mail.", "--by", APPROVER),
    "library corrections": lambda desk: (),
    "library reviews": lambda desk: (),
    "library recheck": lambda desk: (),
    "news poll": lambda desk: (),
    "news list": lambda desk: (),
    "measure": lambda desk: (),
    "report weekly": lambda desk: (),
    "accounts list": lambda desk: (),
    "accounts test": lambda desk: ("practice-lga",),
    "accounts start": lambda desk: ("practice-lga", "--by", APPROVER),
    "accounts going-live": lambda desk: (real(desk),),
    "accounts reviewed": lambda desk: (real(desk), "--by", APPROVER),
    "accounts ask-to-go-live": lambda desk: (real(desk), "--by", AUTHOR),
    "accounts confirm-going-live": lambda desk: (asked(desk), "--by", APPROVER),
    "accounts mute": lambda desk: (asked(desk), "--reason", "Not yet.", "--by", APPROVER),
    "alerts list": lambda desk: (),
    "alerts test": lambda desk: alerted(desk),
    "audit": lambda desk: (),
    "backup": lambda desk: (),
    "restore": lambda desk: (desk.well("backup").out.strip(),),
    "user add": lambda desk: ("Somebody", "--role", "viewer"),
    "user passwd": somebody,
    "user list": lambda desk: (),
}
