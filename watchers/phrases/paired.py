"""Labels and their values in one piece of text, whatever parts them: a colon, a dash, a space, nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import dates
from bot.domain.identifiers import MODIFICATION
from bot.domain.remembered import remembered
from watchers.phrases import columns, events, impacts, labels, stages

_SINGLE = frozenset(
    {
        "id",
        "title",
        "status",
        "path",
        "proposer",
        "analyst",
        "release",
        "recommendation",
        "decision",
        "decider",
        "decided_on",
    }
)
"""Roles whose label is followed by one value and no more."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with its value. `role` is what the label gives: a word of this module, "date" for an event's name."""

    role: str
    label: str
    value: str

    @property
    def single(self) -> bool:
        """Whether one piece of text is all of its value."""
        return self.role in _SINGLE or self.role == "date"


_COLON = re.compile(r"(?P<label>[A-Z][^:;!⟦⟧|]{1,60}?)\s*(?::|\?\s*:?|\s[–—-](?=\s))\s*(?P<value>\S.*)?", re.DOTALL)
_DATED_LABEL = re.compile(
    r"(?P<label>[A-Z][a-z ]{3,30}?)\s*(?:[(,:–—-]|\bas (?:of|at)\b)+\s*(?P<day>\d[^()]{6,30}20\d\d)\s*\)?:?"
)
_WORDS = (
    r"(?:ID|Modification(?: Proposal)?)(?=:?\s?(?:SECMP|MP\s?)\d)|Modification (?:ID|reference|number|title|stage|"
    r"status|type|path)|(?:Proposal|Reference) (?:ID|number)|Reference|"
    r"Title|(?:Current |Modification )?(?:[Ss]tage|[Ss]tatus)|(?:Decision |Modification )?[Pp]ath|Governance(?: path)?|"
    r"Proposer|Raised by|Lead [Aa]nalyst|SECAS [Ll]ead|(?:Date )?[Rr]aised(?: on)?|(?:Date )?[Cc]onverted(?: on)?|"
    r"(?:Target |Targeted )?[Ii]mplementation(?: [Dd]ate)?|Target(?:ed)? [Rr]elease|(?:Latest|Last) [Uu]pdated?|"
    r"(?:Impacted|Affected) (?:SEC )?[Pp]arties|(?:SEC )?Parties (?:[Ii]mpacted|[Aa]ffected)|"
    r"(?:Impacted|Affected) (?:SEC )?[Dd]ocuments|(?:SEC )?[Dd]ocuments (?:[Ii]mpacted|[Aa]ffected)|"
    r"(?:Affected|Impacted) (?:SEC )?(?:[Pp]arts|[Ss]ections)|(?:Impacted|Affected) [Ss]ystems|"
    r"Systems (?:[Ii]mpacted|[Aa]ffected)|Draft Proposal(?= ?DP)|Split from|(?:Date )?[Ww]ithdrawn(?: on)?|"
    r"Approved(?: on)?|Change Board (?:vote|date|decision|recommendation)|Authority decision|Decision cut-off|"
    r"Panel presentation|Consultation closes|Issue Resolution Proposals?"
)
_GLUED = re.compile(rf"(?:(?<=^)|(?<=[a-z0-9)\].✓✗’”])|(?<=[A-Z]{{2}})|(?<=\s))(?P<label>{_WORDS})(?=[A-Z0-9✓✗‘“–—-])")
_GLUE = re.compile(r"(?:[a-z]|ID)(?=[A-Z0-9✓✗‘“–—-])")
"""What every text has in which a label is glued to its value."""
_SEAM = re.compile(r"(?<=[a-z?)])(?=[A-Z\d✓✗‘“])|(?<=[A-Z]{2})(?=\d)")
_INLINE = re.compile(rf"(?:^|(?<=[\s;,.|]))(?P<label>{_WORDS})\s*:\s*")
_SPACED = re.compile(rf"(?:^|(?<=\s))(?P<label>{_WORDS})(?=\s+\S)")
_CAPTION = 40
"""Characters of a table's caption that glued labels may follow."""
_BEGINNING = 100
"""Characters within which a label ends that begins behind a caption."""
_LONGEST_PATH = 50
_LONGEST_LABEL = 6
"""Words."""


def pairs(text: str) -> list[Pair]:
    """Return the labels and values of a piece of text, [] where it is something else.

    A value may be empty: then the label stands alone and its value comes in the pieces below.
    """
    return list(_pairs(text))


@remembered
def _pairs(text: str) -> tuple[Pair, ...]:
    """Return the pairs of a text, of which a reading asks several times."""
    if alone := labels.role(text):
        blank = re.search(r"\w\s*(?P<dash>[–—-]+|:\s*[–—-]+)\s*$", text)
        return (Pair(alone, text, blank["dash"].strip(": ") if blank else ""),)
    return tuple(_parted(text) or _glued(text) or _spaced(text))


def _parted(text: str) -> list[Pair]:
    """Return pairs that a colon, a question mark or a dash part; several where known labels follow one another."""
    inline = list(_INLINE.finditer(text)) if text.count(":") > 1 else []
    if len(inline) > 1 and inline[0].start() == 0:
        return list(_cut(text, inline))
    if (
        (dated := _DATED_LABEL.fullmatch(text))
        and labels.role(dated["label"]) == "update"
        and dates.whole(dated["day"])
    ):
        return [Pair("update", dated["label"], dated["day"])]
    label, bar, beside = text.partition(" | ")
    if bar and " | " not in beside and (barred := labels.role(label)):
        return [Pair(barred, label, beside.strip())]
    match = _COLON.fullmatch(text)
    if match is None or not (name := labels.role(match["label"])):
        return []
    value = match["value"] or ""
    dash = bool(re.match(r"\s+[–—-]\s", text[match.end("label") :]))
    if dash and name == "date" and not dates.find(value) and not labels.empty(value):
        return []  # an event's name goes on: "Change Board vote – approved"
    return [Pair(name, match["label"], value)]


def _glued(text: str) -> list[Pair]:
    """Return pairs that nothing parts ("StageImplementedProposerEDF"): the first label is any that is known."""
    glue = _GLUE.search(text, 0, _BEGINNING)
    first = _GLUED.search(text, 0, _BEGINNING) if glue else None
    if first and first.start() < _CAPTION:
        known = list(_GLUED.finditer(text))
        if not first.start() or len(known) > 2:
            return list(_cut(text, known))
    for seam in _SEAM.finditer(text[:80]) if not MODIFICATION.match(text) else ():
        if name := labels.role(text[: seam.start()]):
            found = [match for match in _GLUED.finditer(text) if match.start() > seam.start()]
            end = found[0].start() if found else len(text)
            return [Pair(name, text[: seam.start()], text[seam.start() : end].strip()), *_cut(text, found)]
    return []


def _spaced(text: str) -> list[Pair]:
    """Return pairs that only a space parts ("Stage Implemented Proposer EDF"): each value must fit its label."""
    if len(text) > 400 or re.search(r"[.!?](?:\s|$)", text):
        return []
    if not _SPACED.match(text):
        return _worded(text)
    found = list(_SPACED.finditer(text))
    cut = list(_cut(text, found))
    return cut if all(fits(pair) for pair in cut) else []


def _worded(text: str) -> list[Pair]:
    """Return the pair of any label that a space alone parts from its value: the longest label that the rest fits."""
    words = text.split(" ")
    if not labels.may_stand_in(text):
        return []
    for n in range(min(_LONGEST_LABEL, len(words) - 1), 0, -1):
        label, value = " ".join(words[:n]), " ".join(words[n:])
        if (
            (name := labels.role(label))
            and not labels.vague(label)
            and fits(Pair(name, label, value))
            and not labels.empty(value)
        ):
            return [Pair(name, label, value)]
    return []


def _cut(text: str, found: list[re.Match[str]]) -> Iterator[Pair]:
    ends = [match.start() for match in found[1:]] + [len(text)] if found else []
    for match, end in zip(found, ends, strict=True):
        yield Pair(labels.role(match["label"]), match["label"], text[match.end() : end].strip(" ;,|:"))


def fits(pair: Pair) -> bool:
    """Whether a value is plainly of the kind that its label asks for."""
    value = pair.value
    if labels.empty(value):
        return True
    if pair.role == "status":
        return stages.named(value) is not None
    if pair.role == "path":
        return bool(columns.path(value) or (len(value) < _LONGEST_PATH and columns.path_within(value)))
    if pair.role == "date":
        return bool(dates.whole(value)) or bool(events.whole_range(value))
    if pair.role in ("proposer", "analyst"):
        return bool(re.fullmatch(r"[A-Z][\w&’'.-]*(?: (?:[A-Z&][\w&’'.-]*|of|and|for|on behalf of)){0,6}", value))
    if pair.role == "parties":
        return impacts.are_parties(value)
    if pair.role == "systems":
        return impacts.are_systems(value)
    if pair.role == "parts":
        return bool(impacts.parts(value))
    return pair.role in ("id", "release") and bool(re.match(r"SECMP|[MD]P\s?\d|[A-Z][a-z]+ 20\d\d", value))
