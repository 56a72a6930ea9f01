"""define WORD: what a term of the field means

"what is DUIS" and "what does GBCS mean" ask the same. Without a word it lists all terms.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process, utils

from bot.asking import Ask, Reply, Suggestion
from bot.domain import glossary

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
LIKELY = 75
"""Of 100, how alike two texts must be."""
PIECE = 5
"""Characters; what is shorter stands in many words by chance."""


def run(ask: Ask) -> Reply:
    """Answer with a term, with those that are like it, or with all."""
    word = _AROUND.sub("", ask.words)
    if not word:
        return Reply("glossary", {"groups": glossary.GROUPS}, (Suggestion("DUIS", "define DUIS"),))
    term = glossary.find(word)
    if term is None:
        near = nearest(word)
        buttons = tuple(Suggestion(one.word, f"define {one.word}") for one in near)
        search = Suggestion(f"Search for “{word[:40]}”", f"search {word[:40]}")
        return Reply("not_a_term", {"said": word, "near": near}, (*buttons, search, Suggestion("All terms", "define")))
    return Reply("define", {"term": term, "also": other_names(term), "related": related(term)}, _next(term))


def nearest(word: str, most: int = 4) -> list[glossary.Term]:
    """Return the terms that are called like a word."""
    called = {spelling: term for term in glossary.terms() for spelling in term.spellings}
    scorers = (fuzz.ratio, fuzz.token_sort_ratio, fuzz.partial_ratio)
    found = [
        (score, spelling)
        for scorer in scorers
        for spelling, score, _ in process.extract(
            word, list(called), scorer=scorer, processor=utils.default_process, limit=8, score_cutoff=LIKELY
        )
        if scorer is not fuzz.partial_ratio or PIECE <= len(word) <= len(spelling)
    ]
    return list(dict.fromkeys(called[spelling] for _, spelling in sorted(found, reverse=True)))[:most]


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
