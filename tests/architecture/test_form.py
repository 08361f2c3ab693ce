"""Files stay short, say what they are for, and explain every exception from the checks."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.tree import PRODUCT, python_files, short

LONGEST = 300
EXCEPTION = re.compile(r"#\s*(?:type:\s*ignore(?:\[[\w\-, ]*\])?|noqa(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?)")


def test_no_file_is_long():
    long = {
        short(path): lines for path in python_files("bfbot", "bench", "tests") if (lines := _lines(path)) > LONGEST
    }
    assert not long, f"over {LONGEST} lines: split by what each part does"


def test_every_folder_says_what_it_is_for():
    folders = [path.parent for path in python_files("bfbot")]
    silent = [short(folder) for folder in sorted(set(folders)) if not _says(folder / "__init__.py")]
    assert not silent, "an __init__.py with a docstring tells what the folder is for"


TABLES = ("alerts", "desk", "engine", "forecast", "planning", "sample")


@pytest.mark.parametrize("folder", TABLES)
def test_a_table_of_contents_names_every_file(folder):
    contents = ast.get_docstring(ast.parse((PRODUCT / folder / "__init__.py").read_text())) or ""
    files = {path.stem for path in (PRODUCT / folder).glob("*.py")} - {"__init__"}
    assert files - set(re.findall(r"\w+", contents)) == set()


def test_every_file_of_the_product_says_what_it_is_for():
    silent = [short(path) for path in python_files("bfbot") if not _says(path)]
    assert not silent


def test_every_exception_from_a_check_has_its_reason():
    """Beside it; lines with the same exception that follow each other share the reason of the first."""
    bare = []
    for path in python_files("bfbot", "bench", "tests"):
        given = ""
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = EXCEPTION.search(line)
            if found is None:
                given = given if not line.strip() else ""
            elif re.search(r"\w{2}", EXCEPTION.sub("", line[found.end() :])):
                given = found.group()
            elif found.group() != given:
                bare.append(f"{short(path)}:{number}: {line.strip()}")
    assert not bare, "say why, in a comment beside it"


def test_nothing_pretends():
    stubs = [
        f"{short(path)}:{node.lineno}"
        for path in python_files("bfbot")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Raise) and node.exc is not None and "NotImplemented" in ast.unparse(node.exc)
    ]
    later = [short(path) for path in python_files("bfbot") if re.search(r"\b(TODO|FIXME|XXX)\b", path.read_text())]
    assert not stubs
    assert not later
    assert PRODUCT.is_dir()


def _lines(path) -> int:
    return len(path.read_text().splitlines())


def _says(path) -> bool:
    return path.is_file() and bool(ast.get_docstring(ast.parse(path.read_text())))
