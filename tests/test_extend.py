"""To add is to add files: a source, a kind of page, a kind of change and a command each touch no existing code."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = '''"""A throw-away source."""

from datetime import date
from collections.abc import Iterable

from bot.ports import Source


def sources(today: date) -> Iterable[Source]:
    """Yield one page."""
    yield Source("throw-away", "https://smartenergycodecompany.co.uk/throw-away/", "release-page")
'''
CHANGE = '''"""A throw-away kind of change: a release's name was given in capitals."""

from collections.abc import Iterator

from bot.domain.changes import Change
from bot.domain.diff import Differences
from bot.domain.vocabulary import Weight

KIND = "shouted"
ORDER = 1


def find(differences: Differences) -> Iterator[Change]:
    """Yield a change for each."""
    for delta in differences.added("in_scope"):
        yield Change(KIND, delta.subject, delta.attribute, delta.before, delta.after, Weight.NORMAL, explains=(delta,))
'''
COMMAND = '''"""shout WORDS: says them in capitals."""

from bot.asking import Ask, Reply

ALIASES = ("yell",)


def run(ask: Ask) -> Reply:
    """Return the words in capitals."""
    return Reply("shout", {"words": ask.words.upper()})
'''


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the project to add files to, with what Python has compiled of it."""
    for room in ("bot", "handlers", "watchers", "storage", "templates"):
        shutil.copytree(ROOT / room, tmp_path / room)
    return tmp_path


def python(house: Path, program: str) -> str:
    """Run a program in the copy; return what it printed."""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=house, capture_output=True, text=True, timeout=600, check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(house), "DATABASE_URL": f"sqlite:///{house}/x.db", "PYTHONSAFEPATH": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_a_source_is_one_file(house: Path) -> None:
    (house / "watchers/sources/throw_away.py").write_text(SOURCE, encoding="utf-8")
    program = "from watchers import sources; from datetime import date; print([s.name for s in sources.built_in(date(2021, 3, 1))])"
    assert "throw-away" in python(house, program)


def test_a_kind_of_change_is_one_file_and_its_words(house: Path) -> None:
    (house / "bot/domain/changes/shouted.py").write_text(CHANGE, encoding="utf-8")
    (house / "templates/changes/shouted.j2").write_text("Heard: {{ c.after }}\n", encoding="utf-8")
    program = """
from bot.domain import diff
from bot.domain.claims import Claim, Evidence
from bot.render import Renderer
from zoneinfo import ZoneInfo
claim = Claim("release:2021-11", "in_scope", "MP138", Evidence("MP138"))
[change] = diff.changes(diff.compare((), (claim,), about="release:2021-11", stream=False, whole_items=()))
print(change.kind, Renderer(ZoneInfo("Europe/London")).change(change))
"""
    assert python(house, program).startswith("shouted Heard: MP138")


def test_a_command_is_one_file_and_its_words(house: Path) -> None:
    (house / "handlers/commands/shout.py").write_text(COMMAND, encoding="utf-8")
    (house / "templates/replies/shout.j2").write_text("# {{ words }}\n", encoding="utf-8")
    program = "from bot.cli import cli; cli(['ask', 'yell scope'])"
    assert "SCOPE" in python(house, program)


def test_a_kind_of_page_is_one_file(house: Path) -> None:
    recogniser = (
        (house / "watchers/recognisers/paper.py")
        .read_text(encoding="utf-8")
        .replace('KIND = "paper"', 'KIND = "minutes"')
    )
    (house / "watchers/recognisers/minutes.py").write_text(recogniser, encoding="utf-8")
    program = """
from datetime import UTC, datetime
from bot.ports import Page
from watchers.read import read_page
print(read_page(Page("x", b"Minutes", "text/plain", datetime.now(UTC)), "minutes").kind)
"""
    assert python(house, program).strip() in ("minutes", "paper")
