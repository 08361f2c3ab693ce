"""YAML 1.2 to plain lists, dicts and texts, with the line of each: composed only, never constructed.

Every scalar stays the text that was written (null alone becomes None); the forms of schema.py read it.
So a time stays 12:30, a figure keeps its digits, and no tag can make an object.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field

from bfbot.domain.finding import Fault
from bfbot.library.reading import Source

Path = tuple[str | int, ...]

_LARGEST_TREE = 50_000  # nodes after aliases are followed: a few lines of aliases can stand for millions
_DEEPEST = 12
_NULL = "tag:yaml.org,2002:null"
_PLAIN = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
}


@dataclass
class Parsed:
    """What a file says: `value` None for an empty one; `lines` gives the line, from 1, of each path into it."""

    name: str
    value: object = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of the nearest thing that the file has of this path."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, line: int, what: str, mend: str) -> None:
        self.faults.append(Fault(self.name, line, "error", "yaml", what, mend))


class _TooMuch(Exception):
    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def parse(source: Source) -> Parsed:
    """Read one file. A file that is no YAML has one fault and no value."""
    from ruamel.yaml import YAML  # only where files changed: an unchanged set comes from the ledger
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    parsed = Parsed(source.name)
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        parsed.fault(line, "A character is not UTF-8.", "Save the file as UTF-8.")
        return parsed
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an anchor used twice is no matter for a person's eyes
            root = YAML(typ="safe", pure=True).compose(text)
        parsed.value = None if root is None else _tree(root, (), parsed, [0])
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        parsed.fault(line, f"The character with the code {error.character} is not allowed.", "Delete it.")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what, mend = _plain_words(str(error.problem or error.context or ""))
        parsed.fault(mark.line + 1 if mark else 1, what, mend)
    except _TooMuch as error:
        parsed.fault(error.line, error.what, "Write the things out, or part the file.")
    except (YAMLError, RecursionError, ValueError):
        parsed.fault(1, "The file cannot be read as YAML.", "Look for brackets and quotes that do not close.")
    if parsed.faults and not isinstance(parsed.value, dict):
        parsed.value = None
    return parsed


def _tree(node: object, path: Path, parsed: Parsed, count: list[int]) -> object:
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    assert isinstance(node, MappingNode | SequenceNode | ScalarNode)
    line = node.start_mark.line + 1
    count[0] += 1
    if count[0] > _LARGEST_TREE:
        raise _TooMuch(line, "The aliases (*) of this file stand for too much.")
    if len(path) > _DEEPEST:
        raise _TooMuch(line, "Things are nested too deep here.")
    parsed.lines.setdefault(path, line)
    if str(node.tag) not in _PLAIN:
        parsed.fault(line, "A tag (!) stands here, and bfbot takes none.", "Delete it, or put the text in quotes.")
        return None
    if isinstance(node, ScalarNode):
        return None if str(node.tag) == _NULL else _text(node.value)
    if isinstance(node, SequenceNode):
        return [_tree(child, (*path, number), parsed, count) for number, child in enumerate(node.value)]
    return _mapping(node.value, path, parsed, count)


def _text(written: str) -> str:
    """The text with escaped halves of a character put together; a lone half stays, for the forms to name."""
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _mapping(
    pairs: list[tuple[object, object]], path: Path, parsed: Parsed, count: list[int]
) -> dict[str, object]:
    from ruamel.yaml.nodes import ScalarNode

    found: dict[str, object] = {}
    for key_node, value_node in pairs:
        line = key_node.start_mark.line + 1  # type: ignore[attr-defined]  # every node of ruamel has its mark
        if not isinstance(key_node, ScalarNode):
            parsed.fault(line, "A list or a group stands where a key should.", "Write key: value.")
            continue
        key = _text(str(key_node.value))
        if key in found:
            named = f"“{key}”" if re.fullmatch(r"[a-z_-]{1,40}", key) else "A key"
            parsed.fault(line, f"{named} stands here twice.", "Keep one of the two.")
            continue
        parsed.lines[(*path, key)] = line
        found[key] = _tree(value_node, (*path, key), parsed, count)
    return found


def _plain_words(problem: str) -> tuple[str, str]:
    """What the parser met, for a person. Never the text around it: that may be a secret."""
    if "\\t" in problem:
        return "A tab stands where spaces should.", "Indent with spaces."
    if "alias" in problem:
        return "An alias (*) names nothing before it.", "Put a text that begins with * in quotes."
    if "mapping values are not allowed" in problem:
        return "A colon stands inside a text.", "Put the text in quotes."
    if "document" in problem:
        return "A line of three hyphens begins a second document.", "Put it in a text, indented, or delete it."
    if "end of stream" in problem or "quoted scalar" in problem:
        return "A quote or a bracket does not close.", "Close it."
    told = re.sub(r"'[^']{4,}'|\"[^\"]{4,}\"", "something", problem)
    return f"This is not YAML: {told}.", "Look at the indentation, quotes and brackets here and a line above."
