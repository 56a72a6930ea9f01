"""The README tells a new user all that there is: what is missing there is as good as not made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot import demo as story
from bot.cli import cli
from bot.settings import VARIABLES
from bot.slack.checkup import SCOPES
from bot.trial import last_words
from handlers.commands import registry
from tests.running import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BY_ITSELF = {"modification": "/sec MP090", "history": "/sec MP090 history"}
"""Commands that are shown without their word."""


@pytest.mark.parametrize("word", registry())
def test_each_command_is_in_the_table_of_what_can_be_typed(word: str) -> None:
    table = README[README.index("| you type | you get |") :]
    assert re.search(rf"{re.escape(BY_ITSELF.get(word, word))}\b", table[: table.index("\n\n")])


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_is_told_with_what_it_is_for(scope: str) -> None:
    assert re.search(rf"^\| .*`{scope}`.* \| .", README, re.MULTILINE)


@pytest.mark.parametrize("name", VARIABLES)
def test_each_variable_is_in_the_table_of_settings(name: str) -> None:
    assert f"| `{name}` |" in README


@pytest.mark.parametrize("name", sorted(get_command(cli).commands))  # type: ignore[attr-defined]
def test_each_command_of_the_program_is_named(name: str) -> None:
    assert re.search(rf"`(?:secbot )?{name}\b", README)


def test_the_demo_and_the_readme_say_how_to_go_on_asking() -> None:
    said = last_words(None, story.steps()[-1].on)
    keep, ask = (line.strip() for line in said.splitlines()[1:])
    assert "thrown away" in said
    assert f".venv/bin/{keep}\n" in README
    assert ask.replace("secbot ask MP090", '.venv/bin/secbot ask "MP090"') in README
    assert "DATABASE_URL=sqlite:///kept.db" in last_words(Path("kept.db"), story.steps()[-1].on)
