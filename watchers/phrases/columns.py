"""What a column's heading or a label gives to its value: a status, a tick, a date's role, a path."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain import dates, statuses
from bot.domain.remembered import remembered
from watchers.phrases import impacts as touched
from watchers.phrases.marks import marked

Field = tuple[str, str]
"""Attribute and value."""

_TICK = re.compile(r"(?:[✓✔]|yes|y)\s*(?:\[?\(?[\d*†‡§¹²³⁴⁵⁶⁷⁸⁹]{1,2}\)?\]?)?\.?", re.IGNORECASE)
_CROSS = re.compile(r"(?:[✗✘]|no|n|none|n/?a|-|–|—)\s*[\d*†‡¹²³]?\.?", re.IGNORECASE)
_PERHAPS = re.compile(
    r"(?:tbc|tbd|to be (?:confirmed|determined|decided|assessed)|possibl[ey]|potential(?:ly)?|maybe|"
    r"may be|under assessment|being assessed|\?)"
    r"\s*(?:\[?\(?[\d*†‡§¹²³⁴]{1,2}\)?\]?)?\.?",
    re.IGNORECASE,
)
_IMPACT_TO_COME = re.compile(
    r"(?:impact on (?:the )?)?(?P<what>[A-Z][\w]+(?: [A-Z]\w+)?)(?: impacts?)?:? (?:TBC|TBD|to be confirmed)\.?"
)
_IMPACTS = re.compile(r"\b(?:impact\w*|affect\w*)\b", re.IGNORECASE)
_NO_IMPACT_COLUMN = re.compile(
    r"\b(?:approved|implemented|available|published|consult\w*|scope|governance|authority|designation|"
    r"complete\w*|decision|"
    r"included|confirmed|targeted|status|urgent|vote|recommend\w*|baselined|date|release|cut-?off|path|deadline|due|"
    r"notes?|comments?|implement\w*|go[- ]live|proposer|analyst|stage|phase|costs?)\b",
    re.IGNORECASE,
)
_LONGEST_NAME = 120
"""Characters of a cell that is nothing but a release's name."""
_STATUS = re.compile(r"\b(?:status|stage|position|progress|state|phase)\b", re.IGNORECASE)
_DATED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (attribute, re.compile(words, re.IGNORECASE))
    for attribute, words in (
        ("decision_cut_off", r"cut[- ]?off|decision (?:required |needed |due )?by|decision deadline|latest decision"),
        ("authority_decided_on", r"\b(?:authority|ofgem)\b.*\bdecision\b|\bdecision\b.*\b(?:authority|ofgem)\b"),
        ("change_board_vote_on", r"change board(?! recommendation)|\bvoted?\b"),
        ("panel_presentation_on", r"\bpanel\b"),
        ("approved_on", r"\bapprov(?:al|ed)\b.*|\bdate of approval"),
        ("withdrawn_on", r"\bwithdrawn\b"),
        ("raised_on", r"\braised\b(?! by)"),
        ("consultation_closes_on", r"\bclos(?:es|ing|ed|e)\b"),
        ("converted_on", r"\bconverted\b"),
        ("impact_assessment_requested_on", r"impact assessment requested"),
        ("implementation", r"\bimplement(?:ation|ed)\b|\bgo[- ]live\b|\beffective\b"),
    )
)
_PATHS = (
    ("self_governance", r"self[-– ]?governance"),
    ("authority_determined", r"authority[-– ]determin(?:ed|ation)"),
    ("authority_led", r"authority[-– ]led"),
    ("fast_track", r"fast[-– ]?track"),
    ("urgent", r"urgent"),
)
_PATH_FORMS = tuple(
    (value, re.compile(rf"{words}(?: modification| proposal| path)?\.?", re.IGNORECASE)) for value, words in _PATHS
)
_ABOUT_IMPACTS = re.compile(r"\b(?:impact(?:s|ed|ing)?|affect(?:s|ed|ing)?|on|the|to)\b", re.IGNORECASE)
_IMPACTS_COLUMN = re.compile(
    r"\W*(?:systems? |documents? |specifications? )?(?:impact(?:s|ed)?|affect(?:s|ed)?)(?: (?:systems?|"
    r"specifications?))?\W*",
    re.IGNORECASE,
)
_LISTS_IMPACTS = re.compile(
    r"\W*(?:it |this |which |and )?(?:also )?(?:impact(?:s|ing)?|affect(?:s|"
    r"ing)?)\b(?: on)?:?\s*(?P<list>[^.;]{2,120})\.?\)?",
    re.IGNORECASE,
)
_TARGET_COLUMN = re.compile(r"\b(?:target|release|decision by)\b", re.IGNORECASE)


@remembered
def path(text: str) -> str:
    """Return the decision path that a cell names, "" for none."""
    return next((value for value, form in _PATH_FORMS if form.fullmatch(text)), "")


_PATH_ONCE = re.compile(
    r"^\W*(?:was|originally|formerly|previously|initially|first|once|at first|not|no longer|instead of|rather than)\b|"
    r"\b(?:until|before)\b",
    re.IGNORECASE,
)
"""What makes of a path one that was, or is none: "was Self-Governance", "Self-Governance until 3 June"."""
_PATH_SINCE = re.compile(r"^\W*(?:now|currently)\s+|\s+(?:since|from|as of|with effect from)\b.*$", re.IGNORECASE)


def path_within(text: str) -> str:
    """Return the decision path that a value names in one of its pieces ("Path 2 – Authority Determined")."""
    pieces = [piece.strip() for piece in re.split(r"[,;:()/|–—]|\s-\s", text)]
    found = [named for piece in pieces if not _PATH_ONCE.search(piece) and (named := path(_PATH_SINCE.sub("", piece)))]
    return next((named for named in found if named != "urgent"), next(iter(found), ""))


_EITHER_PATH = "|".join(words for _, words in _PATHS)
_BESIDE = r"\s*(?:[,;:(/–—-]|\b(?:under|via|by|through|as|following|on|with|an?|the)\b|\s)*\s*"
_STATUS_THEN_PATH = re.compile(
    rf"(?P<status>[A-Za-z][A-Za-z ]+?){_BESIDE}(?P<path>{_EITHER_PATH})(?: modification| proposal| path| route)*[ ).]*",
    re.IGNORECASE,
)
_PATH_THEN_STATUS = re.compile(
    rf"(?P<path>{_EITHER_PATH}){_BESIDE}(?P<status>[A-Za-z][A-Za-z ]+?)[ ).]*", re.IGNORECASE
)


_LONGEST_OF_BOTH = 120
"""Characters of a cell that holds a status and a path; what is longer is prose."""


def status_and_path(text: str) -> list[Field]:
    """Return what a cell says that holds both: "Approved under Fast-Track", "Self-Governance – Approved"."""
    for form in (_STATUS_THEN_PATH, _PATH_THEN_STATUS) if len(text) <= _LONGEST_OF_BOTH else ():
        match = form.fullmatch(text)
        if match and (status := statuses.named(match["status"])):
            return [("status", status), ("decision_path", path(match["path"]))]
    return []


def impacts(header: str) -> str:
    """Return what an impact column is about: its heading less "Impacts" and "?"."""
    plain = _ABOUT_IMPACTS.sub(" ", header.replace("?", " "))
    return " ".join(plain.split()).strip(" :–-")


def tick(header: str, text: str) -> list[Field] | None:
    """Return what a cell with a tick, a cross or "to be confirmed" says; None where it is no such cell."""
    plain = text.strip()
    if told := _IMPACT_TO_COME.fullmatch(plain):
        return [("may_affect", told["what"])]
    ticked, crossed, perhaps = (form.fullmatch(plain) for form in (_TICK, _CROSS, _PERHAPS))
    if not (ticked or crossed or perhaps):
        return None
    about = impacts(header)
    if not about or (_NO_IMPACT_COLUMN.search(about) and not _IMPACTS.search(header)):
        return []
    return [("affects", about)] if ticked else [("may_affect", about)] if perhaps else []


def listed_impacts(header: str, text: str) -> list[Field] | None:
    """Return the systems that a phrase lists ("Impacts: DUIS, GBCS and CH firmware"), None where it lists none."""
    if _IMPACTS_COLUMN.fullmatch(header):
        words = text
    elif match := _LISTS_IMPACTS.fullmatch(text):
        words = match["list"]
    else:
        return None
    if touched.are_parties(words) and not touched.are_systems(words):
        return [("impacts_party", name) for name in touched.parties(words)]
    pieces = [
        re.sub(r"^(?:the|both)\s+", "", p.strip(), flags=re.IGNORECASE).strip(" .?")
        for p in re.split(r",|;|/|\band\b|&", words)
    ]
    if not all(
        re.fullmatch(
            r"[A-Z]\w*(?: [A-Za-z]\w*){0,2}(?: \((?:tbc|TBC|to be confirmed)\))?|DCC Systems|TBC|None|No\w*", p
        )
        for p in pieces
        if p
    ):
        return None
    found: list[Field] = []
    for piece in pieces:
        perhaps = re.search(r"\((?:tbc|to be confirmed)\)", piece, re.IGNORECASE)
        name = re.sub(r"\s*\(.*?\)", "", piece).strip()
        if name and not re.fullmatch(r"none|no|tbc|nothing|.* only", name, re.IGNORECASE):
            found.append(("may_affect" if perhaps else "affects", name))
    return found


@remembered
def field(header: str, text: str) -> list[Field] | None:
    """Return what a value says under its column's heading or label; None where it is prose, to be read as such."""
    plain = text.strip()
    if (ticks := tick(header, plain)) is not None:
        return ticks
    if (found := parties(header, plain) or affected_parts(header, plain) or listed_impacts(header, plain)) is not None:
        return found
    if status := statuses.named(plain):
        return [] if _TARGET_COLUMN.search(header) and status != "targeted" else [("status", status)]
    if value := path(plain):
        return [("decision_path", value)]
    if both := status_and_path(plain):
        return both
    if (date := dates.whole(plain)) is not None or (date := _moved_to(plain)) is not None:
        return _date(header, date)
    if releases := _whole_release(plain):
        return (
            [("targeted_release", releases)]
            if re.search(r"\btarget", header, re.IGNORECASE)
            else [("implementation", releases)]
            if re.search(r"implement", header, re.IGNORECASE)
            else []
        )
    if re.search(r"recommendation", header, re.IGNORECASE) and (
        verdict := re.fullmatch(r"(approv|reject)\w*\.?", plain, re.IGNORECASE)
    ):
        return [("change_board_recommendation", "approve" if verdict[1].casefold() == "approv" else "reject")]
    if re.fullmatch(r"\W*(?:proposer|raised by|proposed by)\W*", header, re.IGNORECASE):
        return [("proposer", plain)]
    if re.fullmatch(r"\W*(?:lead )?analyst\W*", header, re.IGNORECASE):
        return [("lead_analyst", plain)]
    if (
        _STATUS.search(header)
        and len(plain.split()) <= 3
        and plain[:1].isupper()
        and not re.search(r"\d", plain)
        and _is_one_word_status(plain)
    ):
        return [("status", f"other:{plain.strip(' .')}")]
    return None


_PARTIES_COLUMN = re.compile(
    r"\W*(?:(?:impacted|affected) (?:SEC )?(?:part(?:y|ies)|users)(?: categor(?:y|ies))?|"
    r"(?:SEC )?part(?:y|ies)(?: categor(?:y|ies))? (?:impacted|affected)|part(?:y|ies) impacts?|(?:who|which "
    r"parties) (?:is|are) "
    r"(?:impacted|affected))\W*",
    re.IGNORECASE,
)
_PARTS_COLUMN = re.compile(
    r"\W*(?:(?:sec |affected |impacted |changed )*(?:documents?|parts?|sections?)(?: of the sec)?"
    r"(?: (?:that )?(?:it )?(?:affected|impacted|changed|changes|changing))?|"
    r"(?:affects|impacts|changes)(?: to)? (?:the |sec )*(?:documents?|parts?|sections?))\W*",
    re.IGNORECASE,
)


def parties(header: str, text: str) -> list[Field]:
    """Return the parties that a cell lists below a heading for them."""
    return [("impacts_party", name) for name in touched.parties(text)] if _PARTIES_COLUMN.fullmatch(header) else []


def affected_parts(header: str, text: str) -> list[Field]:
    """Return the parts of the SEC that a cell lists below a heading for them; [] where it says more than that."""
    if not _PARTS_COLUMN.fullmatch(header):
        return []
    whole = marked(text)
    parts = [("affects_part", part) for part in whole.values("P")]
    return parts if re.fullmatch(r"(?:⟦P\d+⟧|[\s,;/&+|]|\band\b|SEC )+", whole.text) else []


def _is_one_word_status(plain: str) -> bool:
    return not re.fullmatch(r"(?:tbc|tbd|n/?a|unknown|none|[–-])\.?", plain, re.IGNORECASE) and bool(
        re.fullmatch(r"[A-Z][a-z-]+(?: [a-zA-Z-]+){0,2}\.?", plain)
    )


_MOVED_TO = re.compile(
    r"(?P<old>[^;.()]+?),?\s*\(?(?:(?:and|then|since|now|later|but) )*"
    r"(?:extended|moved|changed|put back|deferred|postponed|brought forward) (?:to|until) (?P<new>[^;.()]+?)\)?\.?"
)


def _moved_to(plain: str) -> str | None:
    """Return the date that holds in a cell that tells of two: "28 June 2023, extended to 27 September 2023"."""
    match = _MOVED_TO.fullmatch(plain)
    return dates.whole(match["new"]) if match and dates.whole(match["old"]) is not None else None


def _date(header: str, value: str) -> list[Field]:
    for attribute, words in _DATED:
        if words.search(header):
            return [(attribute, value)] if attribute == "implementation" or len(value) >= 7 else []
    return []


def _whole_release(text: str) -> str:
    if len(text) > _LONGEST_NAME:
        return ""
    whole = marked(text)
    match = re.fullmatch(r"\W*(?:the )?⟦(R\d+)⟧\W*", whole.text, re.IGNORECASE)
    return whole.marks[match[1]].value if match else ""


_DECISION_DATE = re.compile(
    r"\W*(?:date of (?:the )?(?:final )?(?:decision|determination)|(?:final )?(?:decision|"
    r"determination)(?: date| made)?(?: on)?|decided(?: on)?|"
    r"date decided)\W*",
    re.IGNORECASE,
)


@remembered
def is_decision_date(header: str) -> bool:
    """Whether a column holds the date of the decision, whoever takes it."""
    return bool(_DECISION_DATE.fullmatch(header))


def decided(texts: Sequence[str]) -> list[str]:
    """Return what a decision's date is of a row with these cells: nothing where no decision is told of."""
    told = {status for text in texts if (status := statuses.named(text))}
    by_authority = any(path(text.strip()) in ("authority_determined", "authority_led") for text in texts)
    if told & {"approved", "pending_implementation", "implemented"}:
        return ["approved_on", "authority_decided_on"] if by_authority else ["approved_on"]
    return ["authority_decided_on"] if told & {"rejected", "sent_back"} and by_authority else []


def known(label: str) -> bool:
    """Whether a label is one that gives its value a role."""
    return bool(_STATUS.search(label) or _IMPACTS.search(label) or any(words.search(label) for _, words in _DATED))
