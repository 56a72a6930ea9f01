"""What a sentence says of a release's scope, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.forms import reads, worded
from watchers.phrases.context import Context, Said
from watchers.phrases.marks import Marked
from watchers.phrases.rules.scope_left import CONDITIONAL, placed
from watchers.phrases.scope_clauses import FORMS, ScopeClause, scope_clauses

_OF_SCOPE = worded(r"\bscope\b|\brelease\b|⟦R")


@reads(*FORMS)
def told(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "MP205 has left the scope and MP128C has been added", "In scope was MP15"."""
    if not (context.own_page or context.release) or context.version:
        return
    if not (sentence.of("M") or context.about or context.last):
        return
    if not (context.scoped or _OF_SCOPE.search(sentence.text)) or CONDITIONAL.search(sentence.text):
        return
    for clause in scope_clauses(sentence):
        ids = clause.ids or context.about or (context.last if clause.pronoun else ())
        attribute = _attribute(clause)
        release = clause.release or context.release
        if attribute and release == context.release:
            yield from placed(ids, release, attribute, "told of scope")


def _attribute(clause: ScopeClause) -> str:
    if clause.stance == "refused":
        return ""
    if clause.way == "out":
        return "out_of_scope" if clause.stance == "fact" else ""
    return "in_scope" if clause.stance == "fact" else "may_include"


RULES = (told,)
