"""search WORDS: finds modifications, releases and documents by their titles and by what pages say of them"""

from __future__ import annotations

from bot.asking import Ask, Reply, Suggestion
from bot.pipeline.answers import search

ORDER = 45
ALIASES = ("find", "look", "grep")
EXAMPLES = ("search alert", "search half-hourly settlement", "search Appendix AD")


def run(ask: Ask) -> Reply:
    """Answer with what holds all of the words."""
    if not ask.words:
        return Reply("ask_for", {"wanted": "Which words?", "examples": EXAMPLES})
    hits = search.hits(ask.store, ask.words)
    more = tuple(Suggestion(hit.label, hit.question) for hit in hits[:5] if hit.question)
    return Reply("search", {"words": ask.words, "hits": hits}, more)
