"""Every command that bfbot has is in README.md, and every command that a document names is really run."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import click
import pytest

from bfbot.cli.main import COMMANDS, bfbot
from tests.cli.desk import APPROVER, AUTHOR, Desk, new_desk
from tests.cli.to_live import first_post, prepare
from tests.docs.documents import Named, commands, documents
from tests.servers.feeds import free_port
from tests.servers.inbox import Inbox
from tests.simulators.mastodon import TOKEN, MastodonSimulator

pytestmark = pytest.mark.slow

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
"""What completes each command so that it runs; what must be there first is made."""

PLACES = {"ACCOUNT": "practice-lga", "FEED": "", "NAME": AUTHOR}
"""Words in capitals that stand for something in the documents."""


def leaves() -> list[str]:
    """Every command that does something, with its group."""
    found = []
    context = click.Context(bfbot)
    for name in COMMANDS:
        command = bfbot.get_command(context, name)
        assert command is not None
        inner = list(command.commands) if isinstance(command, click.Group) else []
        found += [f"{name} {one}" for one in inner] or [name]
    return found


LEAVES = leaves()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return new_desk(tmp_path_factory.mktemp("docs") / "desk")


def leaf_of(words: list[str]) -> str:
    two = " ".join(words[:2])
    return two if two in LEAVES else words[0]


def run(desk: Desk, words: Words) -> None:
    """Run it to its end, or until it is ready where it has none."""
    if str(words[0]) in {"up", "worker"}:
        with desk.start(*words) as running:
            assert running.stop() < 10
        assert running.process.returncode == 0
        return
    desk.well(*words) if words[:2] != ("user", "passwd") else spoken(desk, words)
    if words[0] in {"pause", "restore", "clear"}:  # what is restored is paused; what is cleared was
        desk.well("resume", "--by", APPROVER)


def spoken(desk: Desk, words: Words) -> None:
    done = desk(*words, typed="a long enough phrase\n")
    assert done.code == 0, done.err


def completed(words: list[str], example: Words) -> Words:
    """What the document says, with what it leaves out."""
    leaf = leaf_of(words).split()
    given, extra = words[len(leaf) :], list(example)
    if given and not given[0].startswith("-"):  # its own objects
        while extra and not str(extra[0]).startswith("-"):
            extra.pop(0)
    objects = []
    while extra and not str(extra[0]).startswith("-"):
        objects.append(extra.pop(0))
    pairs = [(extra[n], extra[n + 1]) for n in range(0, len(extra), 2)]
    options = [word for option, value in pairs if option not in given for word in (option, value)]
    if leaf == ["approve-standing"] and "--feed" in given:
        options = [word for word in options if word not in {"--message", "early-help-explained"}]
    return (*leaf, *objects, *given, *options)


DOCUMENTED = {leaf_of(shlex.split(one.text)[1:]) for one in commands()}


@pytest.mark.parametrize("leaf", LEAVES)
def test_every_command_is_in_the_readme_and_runs(desk: Desk, leaf: str) -> None:
    assert f"`bfbot {leaf.split()[0]}" in documents()["README.md"]
    assert leaf in EXAMPLES, "a new command needs an example here"
    if leaf not in DOCUMENTED:  # those run as they are documented
        run(desk, (*leaf.split(), *EXAMPLES[leaf](desk)))


@pytest.mark.parametrize("named", commands(), ids=str)
def test_what_a_document_says_to_type_works(desk: Desk, named: Named, tmp_path: Path) -> None:
    words = [PLACES.get(word, word) for word in shlex.split(named.text)[1:]]
    leaf = leaf_of(words)
    if words[0].startswith("-"):
        desk.well(*words)
        return
    assert leaf in LEAVES, f"bfbot has no command {leaf}"
    example = EXAMPLES[leaf](desk)
    if leaf == "init":
        options = [word for word in words[1:] if word.startswith("-")]
        run(desk, ("init", *options, tmp_path / "new"))
    elif leaf == "up":
        run(desk, ("up", "--port", free_port()))
    elif leaf == "user passwd" and "Press officer" not in words:
        run(desk, ("user", "passwd", *example))
    else:
        run(desk, completed(words, example))
