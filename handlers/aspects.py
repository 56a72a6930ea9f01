"""What of a release or modification is asked for: its documents, its timeline, its scope, its history, the proof."""

from __future__ import annotations

import re

ASPECTS = {
    "docs": r"(?:draft )?(?:docs?|documents?|specs?|specifications?)|drafts?",
    "timeline": r"time ?lines?|(?:key |all )?dates|calendar|milestones?|plan|life",
    "scope": r"(?:in |the )?scope|modifications?|mods?|contents?|list of (?:mods?|modifications?)",
    "history": r"history|changes|changed|change ?log|log",
    "evidence": r"evidence|proofs?|sources?",
}
"""The words for each aspect."""

_ANY = "|".join(f"(?P<{name}>{form})" for name, form in ASPECTS.items())
_FIRST = re.compile(rf"(?:{_ANY})\s+(?:(?:of|for|in|on|from|to)\s+)?(?:the\s+)?(?=\S)", re.IGNORECASE)
_LAST = re.compile(rf"(?:^|\s)(?:[’']s\s+)?(?:its\s+)?(?:{_ANY})$", re.IGNORECASE)


def parted(text: str) -> tuple[str, str]:
    """Return text without the word for an aspect at its end or beginning, and the aspect's name; empty for none."""
    if match := _LAST.search(text):
        return re.sub(r"[’']s$", "", text[: match.start()]).strip(" ,:-"), _named(match)
    if match := _FIRST.match(text):
        return text[match.end() :].strip(), _named(match)
    return text, ""


def _named(match: re.Match[str]) -> str:
    return next(name for name in ASPECTS if match[name])
