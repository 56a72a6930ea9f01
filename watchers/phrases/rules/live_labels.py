"""A release's go-live beside its label: "Live date: 30 June 2022", "Go-live date (proposed) | 12 July 2026"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.forms import reads
from watchers.phrases.context import Context, Said
from watchers.phrases.marks import Marked, pattern

_OPEN = (
    r"propos(?:ed|al)|request(?:ed)?|preferred|provisional|indicative|tentative|suggested|possible|likely|under "
    r"(?:review|consideration)"
)
_FIRM = r"agreed|confirmed|current|settled|approved|final|planned|actual|new|revised|now"
_WHAT = (
    r"(?:go(?:es|ing)?[- ]live|went live|live|implementation|deployment|delivery|release)(?: (?:date|day|on|from))?|"
    r"date (?:of )?(?:the )?(?:go[- ]live|implementation|release|live|delivery|deployment)|in force(?: from)?"
)
_LABEL = pattern(
    rf"^\W*(?:(?P<open>{_OPEN})|(?:{_FIRM})|(?:the |SEC |⟦R\d+⟧(?:[’']s)? |release ))*\s*(?:{_WHAT})"
    rf"(?: (?:of|for) (?:the )?(?:⟦R\d+⟧|release))?\s*(?:\(\s*(?:(?P<aside>{_OPEN})|{_FIRM})\s*\)|,? "
    rf"(?P<behind>{_OPEN}))?"
    r"\s*(?:[:|–—-]|\s(?=⟦))\s*(?P<value>{D})\s*(?:\(\s*(?P<after>{OPEN})\s*\))?\W*$".replace("{OPEN}", _OPEN)
)


_ALONE = pattern(
    r"^\W*(?:now |successfully )?(?:implemented|delivered|live|went live|goes live|going live|effective|in force|"
    r"launched|deployed)"
    r"(?: on| from| since)?:? {D}\W*$"
)
"""A line below the heading: "Implemented on 23 February 2023"."""


@reads(_LABEL, _ALONE)
def labelled(sentence: Marked, context: Context) -> Iterator[Said]:
    """Read "Live date: Thursday 30 June 2022" on the page of a release."""
    if not context.own_page or context.about or context.section:
        return
    if (alone := _ALONE.search(sentence.text)) and sentence.at(alone, "D")[:7] == context.release:
        yield f"release:{context.release}", "go_live", sentence.at(alone, "D"), "go-live"
    match = _LABEL.search(sentence.text)
    if not match:
        return
    release = next(iter(sentence.values("R")), context.release)
    value = sentence.at(match, "D")
    wished = match["open"] or match["aside"] or match["behind"] or match["after"]
    if len(value) > len("2021"):
        yield f"release:{release}", "proposed_go_live" if wished else "go_live", value, "go-live"


RULES = (labelled,)
