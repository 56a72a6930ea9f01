"""Each fault of the README's table has tests that keep its figure, and each test that says so is of a row there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROW = re.compile(r"^\| (\d{1,2}) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


@cache
def marked() -> dict[int, set[str]]:
    """Return the names of the files whose tests are marked with each fault's number."""
    found: dict[int, set[str]] = {}
    for path in sorted(HERE.glob("test_*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if ".fault" in text else ():
            is_mark = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fault"
            if is_mark and isinstance(node, ast.Call):
                for given in node.args:
                    assert isinstance(given, ast.Constant)
                    found.setdefault(int(str(given.value)), set()).add(path.name)
    return found


def rows() -> dict[int, tuple[str, ...]]:
    """Return the README's table by its numbers."""
    text = (HERE.parent / "README.md").read_text("utf-8")
    return {int(number): (fault, happens, tests) for number, fault, happens, tests in ROW.findall(text)}


def test_each_row_has_a_test_and_each_test_a_row() -> None:
    assert marked().keys() == rows().keys()
    assert list(rows()) == list(range(1, 28))


def test_the_table_names_the_files_that_keep_it() -> None:
    wrong = {number: files for number, files in marked().items() for name in _named(number) if name not in files}
    assert wrong == {}
    assert all(_named(number) for number in marked())


def _named(number: int) -> set[str]:
    return {f"test_{name}.py" for name in re.findall(r"`(\w+)`", rows()[number][2])}
