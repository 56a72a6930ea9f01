"""A modification's name: its id with its title, in a heading or on a line."""

from __future__ import annotations

import re

from bot.domain.identifiers import MODIFICATION, canonical, identity, is_draft_proposal
from watchers.outline import Block
from watchers.phrases import labels, paired
from watchers.phrases.marks import marked
from watchers.phrases.titles import QUOTES, cleaned

SITE = re.compile(
    r"\s*(?:\||[–—»]|-(?=\s))\s*(?:the )?(?:smart energy code\b.*|SECAS\b.*|SEC(?: Company)?|modifications?|"
    r"gemserv\b.*|smart energy code company\b.*)$",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"\W*(?:(?:sec )?modifications?(?: proposals?| details?| page|"
    r" register| overview)?|smart energy code\b.*|home|draft proposals?|"
    r"(?:open |sec |modification )*consultations?|secas|welcome.*|overview|details?|menu|"
    r"search|proposal|(?:skip|jump) to .*|(?:modification|page) (?:home|menu)|"
    r"accept(?: all)?(?: cookies)?|back to .*|log ?in|sign in)\W*",
    re.IGNORECASE,
)
_BEFORE_ID = (
    r"(?:(?:sec )?(?:modification(?: proposal)?|draft proposal|"
    r"proposal|change)\s*(?:no\.?|number|ref\w*)?\s*[:–—-]?\s*)?"
)
_ID = r"(?:SECMP\s?\d{4}|[MD]P\s?\d{3,4})[A-D]?"
ID_ALONE = re.compile(rf"\W*{_BEFORE_ID}{_ID}\W*", re.IGNORECASE)
"""A line that gives an id and nothing else: "Modification Proposal MP101"."""
_FORMER = re.compile(r"\s*[(\[](?:formerly|previously|originally|was|once)\b[^()\[\]]*[)\]]", re.IGNORECASE)
"""The name that it had before."""
_LED = re.compile(
    rf"^\W*{_BEFORE_ID}{_ID}(?:\s*\((?:formerly|previously|was|originally)?\s*{_ID}\))?\s*[:|–—-]?\s*", re.IGNORECASE
)
_CLOSED = re.compile(
    rf"\s*(?:[(\[]|[:|–—-]\s)\s*(?:(?:formerly|previously|was|now)\s+)?{_BEFORE_ID}{_ID}[^()]{{0,40}}[)\]]?\s*$",
    re.IGNORECASE,
)
TRAIL = re.compile(r"^\W*(?:home|modifications?)\s*(?:[>»›/|]|→)|[>›→].*[>›→]", re.IGNORECASE)
"""A trail of pages that leads here ("Home > Modifications > MP101")."""


_SORT_LED = re.compile(r"^\W*(?:(?:SEC )?(?:draft|modification) proposal|SEC modification)\s*[:|–—]\s*", re.IGNORECASE)
"""What a title is led by that says but what sort of proposal it is."""
_NAME_BEGINS = re.compile(rf"\W*{_ID}\s*(?:[:|–—-]|[‘'“\"])", re.IGNORECASE)


def begins_named(text: str) -> bool:
    """Whether a heading is a modification's name though its title speaks of a release: its id and a colon before it."""
    return bool(_NAME_BEGINS.match(text)) and is_name(text)


def is_name(text: str) -> bool:
    """Whether a heading is a modification's name and nothing else: its id with a title, no sentence."""
    named = {identity(canonical(match)) for match in MODIFICATION.finditer(text)}
    if len(named) != 1:
        return False
    whole = marked(text)
    rest = _CLOSED.sub("", _LED.sub("", text)).strip()
    marks = whole.of("M")
    if not marks:  # the id stands within another name: "Schedule 8 'DP188'"
        return False
    if marks[0].title:
        rest = re.sub(
            r"⟦\w+⟧|[\W_]|modification|proposal|draft|sec|part \w+|formerly|previously|was",
            "",
            whole.text,
            flags=re.IGNORECASE,
        )
        return not rest
    begins = bool(_LED.match(text)) or bool(_CLOSED.search(text))
    return begins and not re.search(
        r"\b(?:approved|released|published|implemented|rejected|withdrawn|"
        r"sent back|consultation|decision|is|are|was|has|update|"
        r"proposed|report|paper|minutes|agenda|opens?|closes?|out for|seeks?|raised|split)\b",
        rest,
        re.IGNORECASE,
    )


_BARE_LED = re.compile(rf"\W*{_BEFORE_ID}{_ID}\s+(?=[^\W\d_])", re.IGNORECASE)
_CASED = re.compile(r"[a-z]{1,4}[A-Z]")
"""A name of a thing that begins small: "mTLS", "eSIM"."""
_DAY_LAST = re.compile(r"\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ 20\d\d\W*$")


def names_page(text: str) -> bool:
    """Whether a line, of whatever kind, is a modification's name: an id with a title behind it, and not a sentence that
    begins with the id, "MP266 returns to the Working Group on 5 May".
    """
    return is_name(text) and not _tells(text)


def _tells(text: str) -> bool:
    """Whether words just behind an id go on as a sentence: begun small, closed by a stop, or ending with a day."""
    led = _BARE_LED.match(text)
    if not led or marked(text).of("M")[0].title:
        return False
    rest = text[led.end() :].rstrip()
    begun_small = rest[:1].islower() and not _CASED.match(rest)
    return (
        begun_small
        or (rest.endswith(".") and not rest.endswith("etc.") and len(rest.split()) > 3)
        or bool(_DAY_LAST.search(rest))
    )


def may_be_title(block: Block) -> bool:
    return (
        block.kind in ("heading", "paragraph")
        and 4 < len(block.text) < 140
        and not ID_ALONE.fullmatch(block.text)
        and not paired.pairs(block.text)
        and not re.search(r"[.!?:]\W*$", block.text)
        and not labels.aside(block.text)
        and not re.search(r"20\d\d\W*$", block.text)
    )


def title_of(words: str) -> str:
    """Return a modification's title from a heading, "" where it gives none."""
    words = _FORMER.sub("", words)
    whole = marked(words)
    if titled := next((mark.title for mark in whole.of("M") if mark.title), ""):
        return titled
    plain = SITE.sub("", words.strip(" »"))
    plain = _SORT_LED.sub("", _CLOSED.sub("", _LED.sub("", plain, count=1)))
    plain = cleaned(plain.strip(QUOTES + " :|–—-"))
    return (
        ""
        if GENERIC.fullmatch(plain) or not re.search(r"[A-Za-z]{3}", plain) or MODIFICATION.fullmatch(plain)
        else plain
    )


def is_specific(block: Block) -> bool:
    """Whether a heading can be one modification's: neither the site's nor a label nor a question."""
    if block.text.rstrip().endswith("?"):
        return False
    return not GENERIC.fullmatch(block.text) and not labels.role(block.text) and not TRAIL.search(block.text)


def first_id(text: str) -> str:
    """Return the first id of a text; of a Draft Proposal and the modification that it became the latter."""
    ids = [canonical(match) for match in MODIFICATION.finditer(text)]
    same = [id_ for id_ in ids if identity(id_) == identity(ids[0])]
    return next((id_ for id_ in same if not is_draft_proposal(id_)), ids[0] if ids else "")
