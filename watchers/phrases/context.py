"""What a sentence is read in: whose page and section it stands in, which modifications it is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from watchers.phrases.marks import Marked

Said = tuple[str, str, str, str]
"""What a rule reads: subject, attribute, value, the rule's name."""

_ANAPHOR = re.compile(
    r"\b(?:this|the|that)\s+(?:draft\s+|modification\s+)?(?:modification|proposal|change)\b|"
    r"\b(?:these|both)\s+(?:draft\s+)?(?:modification|proposal|change)s\b|\b(?:it|they|them|both)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:these|those|both|they|them|their|all|each)\b", re.IGNORECASE)
"""What can mean several modifications, as "it" and "this modification" cannot."""
_OTHERS = re.compile(
    r"\b(?:all|every|each|both)?\s*(?:of\s+)?(?:the\s+)?(?:other|remaining)\s+(?:\w+\s+){0,2}modifications?\b|"
    r"\ball\s+(?:of\s+)?the\s+(?:others|rest)\b(?!\s+of)",
    re.IGNORECASE,
)


_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ALL_OF_THEM = re.compile(
    r"^\W*(?:all|each|both|these|those|every one|the(?= (?:two|three|four|five|six|seven|eight|nine|ten)\b))(?: of)?"
    r"(?: (?:these|those|them|the))?"
    rf"(?: (?P<count>{'|'.join(_COUNTS)}))?(?: modifications?| changes)?(?: proposals?)?"
    r"(?= (?:is|are|was|were|has|have|had|will|took|take|takes|follow\w*|went|go|goes)\b)",
    re.IGNORECASE,
)
"""How a sentence begins that is about all that were named just before: "All three were approved"."""
_ALL_BUT = re.compile(
    r"\W*(?:all|each|every one)(?: of)?(?: (?:these|those|them|the))?(?: modifications?)?(?: proposals?)?\b[^;]*?"
    r"\b(?:except|apart from|other than|excluding|bar|but not)(?: for)? (?P<but>⟦M\d+⟧(?:(?:\s|,|\band\b)*⟦M\d+⟧)*)",
    re.IGNORECASE,
)
"""How a sentence begins that is about all of a list but some that it names."""


@dataclass
class Context:
    """Where a sentence stands.

    `release`, `year`: the section's. `about`: the modifications that the row, the list or the paragraph is about, so a
    sentence need not name them. `last`: those named last, which "this modification" means. `listed`: those of the table
    above, which "all the other modifications" means. `section`: the one that the heading names. `live`: the release
    whose go-live the sentence before told of, `due`: when that was due; `request`: whose go-live is moved or asked to
    be, to `asked_date`. `scoped`, `unbaselined`: the sentence before told of scope, or that it
    is not baselined yet. `split`: the modification whose split was told of. `body`, `body_on`: who
    decided last and when, which "it" means. `version`: the SEC version that a post is about. `by_panel`: the
    modification takes a path on which the Panel decides.
    """

    release: str = ""
    year: str = ""
    version: str = ""
    about: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    listed: Collection[str] = ()
    section: tuple[str, ...] = ()
    live: str = ""
    due: str = ""
    mentioned: set[str] = field(default_factory=set)
    request: str = ""
    asked_date: str = ""
    scoped: bool = False
    unbaselined: bool = False
    split: str = ""
    body: str = ""
    body_on: str = ""
    document: bool = False
    own_page: bool = False
    by_panel: bool = False

    def subjects(self, sentence: Marked, text: str | None = None) -> tuple[str, ...]:
        """Return the modifications that (a piece of) a sentence is about: named in it, or what its pronoun means."""
        piece = sentence.text if text is None else text
        if excepted := _ALL_BUT.match(piece):
            left_out = sentence.values("M", excepted["but"])
            return tuple(id_ for id_ in self.listed or self.last if id_ not in left_out)
        if found := sentence.values("M", piece):
            return tuple(found)
        if _OTHERS.search(piece):
            return self.others(piece)
        together = _ALL_OF_THEM.match(piece)
        if together and len(self.about) <= 1 and (several := self.together(together)):
            return several
        if self.about:
            return self.about
        if together:
            return ()
        if not _ANAPHOR.search(piece):
            return ()
        earlier = sentence.values("M", sentence.text[: max(sentence.text.find(piece), 0)])
        if len(earlier) != 1 and len(self.last) > 1 and not _SEVERAL.search(piece):
            return ()
        return tuple(earlier) if len(earlier) == 1 else self.last

    def together(self, match: re.Match[str]) -> tuple[str, ...]:
        """Return the several modifications that "both", "all three", "these" mean: named last, or listed."""
        count = _COUNTS.index(match["count"].casefold()) + 1 if match["count"] else 0
        count = count or (2 if match[0].strip().casefold().startswith("both") else 0)
        ids = self.last if len(self.last) > 1 else self.listed
        ids = tuple(
            one for one in ids if not any(other[:-1] == one for other in ids)
        )  # of one that was split its parts
        return ids if len(ids) > 1 and count in (0, len(ids)) else ()

    def others(self, piece: str) -> tuple[str, ...]:
        """Return the modifications of the table above but those named since, where it says "the others"."""
        if not _OTHERS.search(piece):
            return ()
        return tuple(id_ for id_ in self.listed if id_ not in self.mentioned)


def before(sentence: Marked, match: re.Match[str], context: Context) -> tuple[str, ...]:
    """Return whom a verb is about: the names in its words, the nearest before it, or what the sentence is about."""
    if inside := sentence.values("M", match[0]):
        return tuple(inside)
    runs = [run for run in _RUN.finditer(sentence.text, 0, match.start()) if not _is_aside(sentence.text, run)]
    if runs:
        return tuple(sentence.values("M", runs[-1][0]))
    opens = bool(_OPENS.match(sentence.text))
    if (after := _RUN.search(sentence.text, match.end())) and (not context.about or opens):
        return tuple(sentence.values("M", after[0]))
    together = _ALL_OF_THEM.match(sentence.text)
    return ((not together and context.subjects(sentence, "")) or context.subjects(sentence)) or ()


def begun_with(text: Marked) -> tuple[str, ...]:
    """Return the modifications that a text begins with: "MP204 and MP207 must be approved …"."""
    begins = re.match(r"\W*(?=⟦M)", text.text)
    run = _RUN.match(text.text, begins.end()) if begins else None
    return tuple(text.values("M", run[0])) if run else ()


def _is_aside(text: str, run: re.Match[str]) -> bool:
    """Whether a name stands in an aside: "(formerly DP124)", "MP191B, the sibling of MP191A, is …"."""
    if _ASIDE.search(text[: run.start()]):
        return True
    return bool(_APPOSITION.search(text[: run.start()])) and bool(re.match(r"[^⟦⟧,;.]{0,40},", text[run.end() :]))


_OPENS = re.compile(r"\W*(?:as|being|like) (?:an?|the|it|they)\b[^⟦⟧;.]{0,70}, (?:the modification )?⟦M", re.IGNORECASE)
"""How a sentence begins that says of what it names next: "As an Authority-Determined modification, MP219 went …"."""
_APPOSITION = re.compile(
    r"⟦M\d+⟧\s*,\s+(?:the|its|an?|which|formerly|previously|originally|once|like|unlike|together|along|with|"
    r"(?:being )?part|split|sibling|raised)\b[^⟦⟧,;]{0,50}$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\((?:formerly|previously|was|originally|raised as|converted from)\s*$", re.IGNORECASE)
_RUN = re.compile(r"⟦M\d+⟧(?:(?:\s|,|/|&|\band\b|\bor\b|\bas well as\b)*⟦M\d+⟧)*", re.IGNORECASE)


def each(ids: Iterable[str], attribute: str, value: str, rule: str) -> Iterator[Said]:
    """Yield the same fact of several modifications."""
    for id_ in ids:
        yield f"modification:{id_}", attribute, value, rule
