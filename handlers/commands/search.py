"""search WORDS: finds titles and sentences that hold the words

Modifications, releases, versions and documents are found. All of the words must stand in one title or sentence.
"""

from __future__ import annotations

import re

from bot.asking import Ask, Reply, Suggestion
from bot.domain import glossary
from bot.pipeline.answers import search
from handlers.suggest import suggest

GROUP = "ask"
ORDER = 45
ALIASES = ("find", "look", "grep", "query", "lookup")
EXAMPLES = ("search alert", "search half-hourly settlement", "search Appendix AD")


def run(ask: Ask) -> Reply:
    """Answer with what holds all of the words."""
    words = re.sub(
        r"^(?:(?:me|anything|something|everything|all|for|up|at|about|on)\s+)+", "", ask.words, flags=re.IGNORECASE
    )
    if not words:
        return Reply("ask_for", {"wanted": "Which words?", "examples": EXAMPLES})
    hits = search.hits(ask.store, words)
    found = [Suggestion(hit.label, hit.question) for hit in hits[:5] if hit.question]
    term = glossary.find(words)
    meant = [Suggestion(f"What is {term.word}?", f"define {term.word}")] if term else []
    return Reply("search", {"words": words, "hits": hits}, (*found, *meant, *_likely(ask, words, found)))


def _likely(ask: Ask, words: str, found: list[Suggestion]) -> tuple[Suggestion, ...]:
    """Return what is spelt like the words, where they found nothing."""
    return () if found else suggest(words, ask.store).suggestions
