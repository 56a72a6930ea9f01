"""evidence ID: the proof: sentence, page, kept copy

Each sentence or row, its page, when it was fetched, the kept capture's sha256. ID is a change's as alerts show it
(evidence 3f9c01ab: before and after), or a modification, a release, a version. Words after it narrow what is shown:
evidence MP090 status.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.asking import Ask, Reply, Suggestion
from bot.domain import identifiers
from bot.domain.changes import SHORT_ID
from bot.pipeline import evidence
from bot.pipeline.answers import directory
from bot.pipeline.evidence import NotFound
from handlers.suggest import nearest

GROUP = "proof"
ORDER = 47
SHOWN = "MP090 evidence"
ALIASES = ("proof", "proofs", "prove", "source", "quote", "quotes")
EXAMPLES = ("evidence MP090", "evidence MP090 status", "evidence 3f9c01ab")


def run(ask: Ask) -> Reply:
    """Answer with the evidence of a change or of what is known."""
    ask = replace(ask, words=re.sub(r"^(?:of|for|that)\s+", "", ask.words, flags=re.IGNORECASE))
    if not ask.words:
        return Reply("ask_for", {"wanted": "The evidence of what?", "examples": EXAMPLES})
    found = evidence.asked(ask.store, ask.words, ask.read)
    if isinstance(found, NotFound):
        return _unknown(ask, found)
    facts = {"found": found, "told": found.told, "about": found.about, "exhibits": found.exhibits}
    return Reply("evidence", facts, _next(found))


def _next(found: evidence.Found) -> tuple[Suggestion, ...]:
    subjects = found.told.change.about if found.told else (found.about,)
    asked = [directory.asked(subject) for subject in subjects]
    return tuple(Suggestion(label, question) for label, question in asked[:3] if question)


def _unknown(ask: Ask, found: NotFound) -> Reply:
    id_ = identifiers.typed(ask.words)
    near = nearest(id_, ask.store) if id_ else []
    ids = [one.id[: SHORT_ID + 4] for one in found.choices]
    buttons = [*(Suggestion(one, f"evidence {one}") for one in (*ids, *near)), Suggestion("Changes", "since 30 days")]
    return Reply("no_evidence", {"said": ask.words, "choices": found.choices}, tuple(buttons))
