"""Kinds of page, one a file: what their facts are, what these claim, and the sheet that says them."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Protocol

from tests.forms.form import HTML, TEXT
from tests.forms.pieces import Sheet

Said = tuple[str, str, str]
"""Subject, attribute, value."""


class Facts(Protocol):
    """What is true of a page."""

    def claims(self) -> set[Said]:
        """Return what must be read, titles in curly quotes and with en dashes."""

    def sheet(self, say: int) -> Sheet:
        """Return the pieces that say it; `say` chooses the words."""


def all_kinds() -> dict[str, ModuleType]:
    """Return the modules of this folder by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


def containers(kind: ModuleType) -> tuple[str, ...]:
    """Return the containers in which a kind's rows can be set: all, unless it says which."""
    return getattr(kind, "CONTAINERS", HTML + TEXT)
