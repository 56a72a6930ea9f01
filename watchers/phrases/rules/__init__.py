"""Rules that read facts off a sentence, one theme a file; the folder is the registry.

A module has `RULES`: functions `(Marked, Context) -> Iterator[Said]`. Each looks for one role that words give to a
name or date, and leaves alone what may come, what is asked for and what is recommended, unless that is the fact.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from bot.domain.forms import speaking
from bot.domain.remembered import remembered
from watchers.phrases.context import Context, Said
from watchers.phrases.marks import Marked
from watchers.phrases.rules.go_live import is_unset, was_due
from watchers.phrases.turns import OF_A_DAY, as_asked, of_now, respectively, straight

_OF_GO_LIVE = ("go_live", "proposed_go_live")
_OF_SCOPE = ("in_scope", "out_of_scope", "may_include")
Rule = Callable[[Marked, Context], Iterator[Said]]


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of all modules of this folder."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(rule for module in modules for rule in getattr(module, "RULES", ()))


def said(sentence: Marked, context: Context) -> list[Said]:
    """Return what a sentence says, each fact once; what it is about is kept in the context for the next."""
    if sentence.of("M"):
        context.request = ""  # the talk has turned to a modification
    if sentence.text.rstrip().endswith("?"):
        return []  # a question tells nothing
    found = respectively(sentence, as_asked(sentence, _read(straight(sentence), context)))
    unset = context.release if is_unset(sentence.text) and not context.section else ""
    told = sentence.of("M") or any(what == "go_live" for _, what, _, _ in found)
    context.due = was_due(sentence) or ("" if told else context.due)
    context.live = next((subject.partition(":")[2] for subject, what, _, _ in found if what in _OF_GO_LIVE), unset)
    context.scoped = any(what in _OF_SCOPE for _, what, _, _ in found)
    return found


def _read(sentence: Marked, context: Context) -> list[Said]:
    """Return what the rules read: of days and releases of a modification only those that hold now."""
    found = _by_rules(sentence, context)
    now = of_now(sentence)
    if now is None:
        return found
    held = [fact for fact in found if fact[1] not in OF_A_DAY]
    return held + [fact for fact in _by_rules(now, context) if fact[1] in OF_A_DAY]


def _by_rules(sentence: Marked, context: Context) -> list[Said]:
    facts = (fact for rule in _speaking(sentence.text) for fact in rule(sentence, context))
    return list(dict.fromkeys(facts))


@remembered
def _speaking(text: str) -> list[Rule]:
    """Return the rules that may have something to say of a sentence; the words above a list are read for each in it."""
    return speaking(rules(), text)
