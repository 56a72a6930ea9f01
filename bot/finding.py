"""What `secbot doctor` says of one thing that it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    mark: Literal["ok", "hint", "WRONG"]
    what: str
    detail: str

    @property
    def good(self) -> bool:
        """Whether secbot works all the same."""
        return self.mark != "WRONG"


def ok(what: str, detail: str) -> Finding:
    """Return that something is as it should be."""
    return Finding("ok", what, detail)


def hint(what: str, detail: str) -> Finding:
    """Return that something works and could be better, and how."""
    return Finding("hint", what, detail)


def wrong(what: str, detail: str) -> Finding:
    """Return that something is wrong, and what to do."""
    return Finding("WRONG", what, detail)
