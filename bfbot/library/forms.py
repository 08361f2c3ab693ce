"""From parsed files to filled forms, each with its place; everything that does not fit becomes a fault."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from bfbot.domain.finding import Fault
from bfbot.library.form import Form
from bfbot.library.parsing import Parsed, Path
from bfbot.library.schema import FORMS

SINGULAR = {
    "campaigns": "campaign",
    "accounts": "account",
    "feeds": "feed",
    "slots": "slot",
    "quiet_times": "quiet time",
    "periods": "pre-election period",
    "clashes": "clash",
    "facts": "statistic",
    "asks": "ask",
    "templates": "template",
    "messages": "evergreen post",
    "spokespeople": "spokesperson",
    "pictures": "picture",
    "consents": "consent",
}


@dataclass(frozen=True)
class Placed:
    """One filled form and where it stands."""

    kind: str
    form: Any
    file: Parsed
    path: Path

    def fault(self, level: str, rule: str, what: str, mend: str, *at: str | int) -> Fault:
        """A fault at this thing's key `at`, or at its head."""
        return Fault(self.file.name, self.file.line((*self.path, *at)), level, rule, what, mend)


@dataclass
class Forms:
    """All that could be read. `declared` holds faulty things too, by id and as written: they are there."""

    placed: dict[str, list[Placed]] = field(default_factory=lambda: {kind: [] for kind in SINGULAR})
    declared: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in SINGULAR})
    faults: list[Fault] = field(default_factory=list)

    def __getitem__(self, kind: str) -> list[Placed]:
        return self.placed[kind]


def fill(files: Iterable[Parsed]) -> Forms:
    """Fill the forms of every file; all faults at once."""
    forms = Forms()
    for file in files:
        forms.faults.extend(file.faults)
        if file.value is not None:
            _fill_file(file, forms)
    return forms


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(word, list(known), n=2, cutoff=0.6)
    return f"Did you mean {' or '.join(f'“{one}”' for one in near)}?" if near else otherwise


def _fill_file(file: Parsed, forms: Forms) -> None:
    folder = file.name.partition("/")[0]
    lists = FORMS[folder]
    if not isinstance(file.value, dict):
        mend = f"Begin with one of {', '.join(f'{key}:' for key in lists)}."
        forms.faults.append(Fault(file.name, 1, "error", "form", "The file does not begin with a key.", mend))
        return
    for key, items in file.value.items():
        if key not in lists:
            forms.faults.append(_foreign_list(file, folder, key))
        elif items is not None and not isinstance(items, list):
            what, mend = f"“{key}” is no list.", "Begin each of its things with a hyphen."
            forms.faults.append(Fault(file.name, file.line((key,)), "error", "form", what, mend))
        else:
            for number, item in enumerate(items or []):
                _fill_item(file, key, lists[key], (key, number), item, forms)


def _foreign_list(file: Parsed, folder: str, key: str) -> Fault:
    home = next((other for other, lists in FORMS.items() if key in lists), None)
    what = f"“{_short(key)}” is no list of {folder}/."
    mend = (
        f"Move it to a file of {home}/."
        if home
        else did_you_mean(key, FORMS[folder], f"{folder}/ holds {', '.join(FORMS[folder])}.")
    )
    return Fault(file.name, file.line((key,)), "error", "form", what, mend)


def _fill_item(file: Parsed, kind: str, form: type[Form], path: Path, item: object, forms: Forms) -> None:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        forms.declared[kind][item["id"]] = item
    try:
        filled = form.model_validate(_without_empty(item))
    except ValidationError as error:
        forms.faults.extend(_faults(error, file, kind, form, path))
    else:
        forms.placed[kind].append(Placed(kind, filled, file, path))


def _without_empty(value: object) -> object:
    """A key without a value is a key that is not there."""
    if isinstance(value, dict):
        return {key: _without_empty(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_empty(one) for one in value]
    return value


def _faults(error: ValidationError, file: Parsed, kind: str, form: type[Form], path: Path) -> Iterator[Fault]:
    for one in error.errors(include_url=False, include_input=False):
        loc = tuple(part for part in one["loc"] if part != "[key]")
        key = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
        key = "secrets" if "secrets" in loc else key  # a secret may have been written where its name belongs
        what, mend = _words(one, key, _keys(form, loc[:-1]), kind)
        line = file.line((*path, *loc))
        yield Fault(file.name, line, "error", "form", what, mend)


def _words(error: Any, key: str, known: list[str], kind: str) -> tuple[str, str]:
    """An error of pydantic in plain words. What was written is never repeated: it may be a secret."""
    context = error.get("ctx", {})
    match error["type"]:
        case "bfbot":
            return (f"{key}: " if key else "") + str(context["what"]), str(context["mend"])
        case "missing":
            return f"“{key}” is missing.", f"Add “{key}:” to this {SINGULAR[kind]}."
        case "extra_forbidden":
            return (
                f"“{_short(key)}” is not a key of this {SINGULAR[kind]}.",
                did_you_mean(key, known, f"Its keys are {', '.join(known)}."),
            )
        case "enum" | "literal_error":
            return f"“{key}” has a value that is not known.", f"Write one of {context['expected']}."
        case "list_type":
            return f"“{key}” is no list.", "Write it like [one, two]."
        case "dict_type" | "model_type" | "model_attributes_type":
            return (
                f"“{key}” is no group of keys." if key else f"This is no {SINGULAR[kind]}.",
                "Write key: value, indented.",
            )
        case "too_short" | "string_too_short":
            return f"“{key}” is empty.", "Give at least one."
        case "string_too_long":
            return f"“{key}” is longer than {context['max_length']} characters.", "Shorten it."
        case "string_type":
            return f"“{key}” is no text.", "Write one text, in quotes."
        case "bool_parsing" | "bool_type":
            return f"“{key}” is neither true nor false.", "Write true or false."
    return f"{key}: {error['msg']}.", "Mend the value."


def _keys(form: type[Form], loc: tuple[str | int, ...]) -> list[str]:
    """The keys of the form that stands at `loc` within a form."""
    here: Any = form
    for part in loc:
        if isinstance(part, str) and isinstance(here, type) and issubclass(here, Form):
            here = _inner(
                next((one for name, one in here.model_fields.items() if part in (name, one.alias)), None)
            )
    if isinstance(here, type) and issubclass(here, Form):
        return [one.alias or name for name, one in here.model_fields.items()]
    return []


def _inner(info: FieldInfo | None) -> Any:
    """The form in a field's type, be it wrapped in a list or in an option."""
    seen = [info.annotation] if info else []
    while seen:
        one = seen.pop()
        if isinstance(one, type) and issubclass(one, Form):
            return one
        seen.extend(getattr(one, "__args__", ()))
    return None


def _short(key: str) -> str:
    return key if len(key) <= 40 else key[:39] + "…"
