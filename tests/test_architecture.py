"""The arrows between the rooms: who may import whom, and no circles."""

from __future__ import annotations

import ast
import sys
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "watchers", "storage")
PUTS_TOGETHER = {
    "bot.app",
    "bot.running",
    "bot.cli",
    "bot.commands",
    "bot.__main__",
    "bot.trial",
    "bot.doctor",
    "bot.demo",
}
"""What stands above the rooms: the composition root and the commands on top of it."""

BESIDE = ("bot.metrics", "bot.trace", "bot.masking")
"""Of the standard library alone and touching nothing: what is counted, what a log line is about, what is a secret."""


@cache
def arrows() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOMS, cache_dir=None)


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def imports(room: str) -> list[tuple[str, str]]:
    graph = arrows()
    modules = sorted(m for m in graph.modules if inside(m, room))
    return [(m, other) for m in modules for other in sorted(graph.find_modules_directly_imported_by(m))]


def test_the_domain_imports_the_standard_library_and_itself_alone() -> None:
    wrong = []
    for path in sorted((ROOT / "bot/domain").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [f"{path.name}: {n}" for n in names if not allowed_in_domain(n)]
    assert wrong == []


def allowed_in_domain(name: str) -> bool:
    return inside(name, "bot.domain") or name.partition(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("room", ["watchers", "handlers", "storage"])
def test_rooms_import_the_inside_and_never_one_another(room: str) -> None:
    wrong = [f"{a} → {b}" for a, b in imports(room) if not inside(b, room, "bot") or b in PUTS_TOGETHER]
    assert wrong == []


def test_only_what_puts_everything_together_knows_the_rooms_outside() -> None:
    wrong = [
        f"{a} → {b}"
        for a, b in imports("bot")
        if inside(b, "watchers", "handlers", "storage") and not inside(a, *PUTS_TOGETHER)
    ]
    assert wrong == []


def test_the_pipeline_reaches_the_world_only_through_ports() -> None:
    allowed = ("bot.domain", "bot.ports", "bot.render", "bot.pipeline", "bot.asking", *BESIDE)
    wrong = [f"{a} → {b}" for a, b in imports("bot.pipeline") if inside(b, *ROOMS) and not inside(b, *allowed)]
    assert wrong == []


def test_there_is_no_circle_of_imports() -> None:
    graph = grimp.build_graph(*ROOMS, cache_dir=None, exclude_type_checking_imports=True)
    circles = [
        " → ".join((module, *back))
        for module in sorted(graph.modules)
        for other in sorted(graph.find_modules_directly_imported_by(module))
        if (back := graph.find_shortest_chain(importer=other, imported=module))
    ]
    assert circles == []


def test_the_environment_is_read_in_one_place() -> None:
    allowed = {"bot/settings.py"}
    readers = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "os.environ" in path.read_text(encoding="utf-8") or "getenv" in path.read_text(encoding="utf-8")
    }
    assert readers <= allowed


def test_blocks_are_made_in_one_place() -> None:
    makers = {
        str(path.relative_to(ROOT).parent)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if '"mrkdwn"' in path.read_text(encoding="utf-8")
    }
    assert makers <= {"bot/render"}
