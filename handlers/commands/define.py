"""define WORD: what a term of the field means

"what is DUIS" and "what does GBCS mean" ask the same. Without a word it lists all terms.
"""

from __future__ import annotations

import re

from bot.asking import Ask, Reply, Suggestion
from bot.domain import glossary
from handlers import suggest

GROUP = "ask"
ORDER = 48
ALIASES = (
    "definition",
    "meaning",
    "glossary",
    "term",
    "terms",
    "acronym",
    "acronyms",
    "jargon",
    "explain",
    "dictionary",
)
EXAMPLES = ("define DUIS", "what does GBCS mean", "define")
_AROUND = re.compile(r"^(?:(?:of|an?|the|term|what|is|are)\s+)+|(?:\s+(?:mean(?:s|ing)?|stands? for))+$", re.IGNORECASE)


def run(ask: Ask) -> Reply:
    """Answer with a term, with those that are like it, or with all."""
    word = _AROUND.sub("", ask.words)
    if not word:
        return Reply("glossary", {"groups": glossary.GROUPS}, (Suggestion("DUIS", "define DUIS"),))
    term = glossary.find(word)
    if term is None:
        near = suggest.terms(word)
        buttons = tuple(Suggestion(one.word, f"define {one.word}") for one in near)
        search = Suggestion(f"Search for “{word[:40]}”", f"search {word[:40]}")
        return Reply("not_a_term", {"said": word, "near": near}, (*buttons, search, Suggestion("All terms", "define")))
    return Reply("define", {"term": term, "also": other_names(term), "related": related(term)}, _next(term))


def other_names(term: glossary.Term, most: int = 3) -> list[str]:
    """Return what else a term is called, without plurals and other forms of the same words."""
    seen = {_plain(term.word), _plain(term.full), _plain(term.part)}
    found = []
    for one in term.also:
        if _plain(one) not in seen:
            found.append(one)
            seen.add(_plain(one))
    return found[:most]


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold()).removesuffix("s")


def related(term: glossary.Term) -> list[glossary.Term]:
    """Return the terms that the meaning of one uses by their abbreviations."""
    return [one for one in glossary.explained(term.meaning) if one != term][:3]


def _next(term: glossary.Term) -> tuple[Suggestion, ...]:
    part = (Suggestion(f"What touches {term.part}", f"part {term.part}"),) if term.part else ()
    more = tuple(Suggestion(one.word, f"define {one.word}") for one in related(term))
    return (*part, *more, Suggestion(f"Search for {term.word}", f"search {term.word}"))
