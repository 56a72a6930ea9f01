"""Several modifications named in one question: a line each and a button for all of each, so that none is left out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.asking import Ask, Reply, Suggestion
from bot.domain import identifiers
from bot.pipeline.answers import directory
from handlers import sharing

MOST = 10


def named(words: str, others: Sequence[str]) -> list[str]:
    """Return the modifications that a question names, where there are several and nothing else."""
    ids = [words, *others]
    return ids if others and all(map(identifiers.is_modification, ids)) else []


def answer(ask: Ask, ids: Sequence[str]) -> Reply:
    """Answer with a line of each that is known, and the names of those that are not."""
    known = dict.fromkeys(one for id_ in ids[:MOST] if (one := directory.resolved(ask.store, id_)))
    unknown = [one for one in ids[:MOST] if directory.resolved(ask.store, one) is None]
    facts = {"ids": ids, "known": directory.briefs(ask.store, list(known)), "unknown": unknown}
    buttons = [Suggestion(one, one) for one in (*known, *unknown)[:5]]
    return Reply("several", facts, (*buttons, sharing.button(" and ".join(ids))))
