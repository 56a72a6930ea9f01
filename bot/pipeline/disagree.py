"""Disagree: where pages have said different things for a day, the operators are told once, with both sentences.

what sources say now of what plans hang on → disagreements → old enough? → told before? → one notice each
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain import folding, identifiers, views, vocabulary
from bot.domain.folding import Disagreement
from bot.domain.steps import is_of_steps
from bot.domain.vocabulary import Weight
from bot.ports import Outgoing, Store

LASTING = timedelta(days=1)
"""Pages are not edited at one moment: so long one may lag behind another."""
WHY = "this channel hears of trouble with sources"


def tell(store: Store, operators: str, now: datetime) -> int:
    """Queue a notice for each disagreement that was not told; return how many."""
    if not operators:
        return 0
    return store.enqueue([notice(one, title(store, one.subject), operators) for one in lasting(store, now)], now)


def lasting(store: Store, now: datetime) -> Iterator[Disagreement]:
    """Yield where pages say something else than what counts, and have done so for a day."""
    names = {row.name for row in vocabulary.ROWS if not row.many and row.weight is Weight.WEIGHTY}
    for name in sorted(names):
        for one in folding.disagreements(store.statements(attribute=name)):
            old = max(fact.statement.stated_at for fact in one.facts) <= now - LASTING
            if old and not in_steps(store, one):
                yield one


def in_steps(store: Store, one: Disagreement) -> bool:
    """Whether sources only speak of different steps of one modification."""
    kind, _, key = one.subject.partition(":")
    if kind != "modification" or one.attribute != "status" or not identifiers.is_modification(key):
        return False
    return is_of_steps(one, views.about_modification(key, store.statements), views.spellings(key))


def title(store: Store, subject: str) -> str:
    """Return the latest title of a subject, empty for none."""
    said = folding.newest(store.statements(subject, "title"), also_past=True)
    return said.value if said else ""


def notice(one: Disagreement, title_: str, operators: str) -> Outgoing:
    """Return the notice of a disagreement, what counts first. Its key stays while the same sources differ; where they
    agreed in between, one of them has said it anew.
    """
    said = "\x1f".join(
        f"{fact.statement.source}\x1e{fact.value}\x1e{fact.statement.stated_at.isoformat()}" for fact in one.facts
    )
    key = f"notice:disagreement:{one.subject}:{one.attribute}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    values = [
        {
            "value": fact.value,
            "source": fact.statement.source,
            "url": fact.statement.url,
            "stated_at": fact.statement.stated_at.isoformat(),
            "quote": fact.statement.claim.evidence.quote,
        }
        for fact in one.facts
    ]
    payload = {"name": "disagreement", "subject": one.subject, "attribute": one.attribute, "title": title_}
    return Outgoing(key, operators, "notice", {**payload, "values": values}, WHY)
