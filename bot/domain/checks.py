"""Whether a reading can be believed: by the page itself, by its own counts, by what was believed before.

A reason is one word for machines; a detail is a sentence for the operators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from bot.domain import drift, sites
from bot.domain.claims import Claim, Doubt, Reading
from bot.domain.forms import met_by_all, worded
from bot.domain.identifiers import identity, is_modification, is_part_of, modifications
from bot.domain.remembered import remembered

MOST_LOST = 3
"""So many rows may go at once without a doubt, or half of them where that is more."""
SHORT = 1500
"""A page with fewer characters than this can be nothing but its notice."""
EMPTY = 20
LISTS = ("consultations", "variations")
"""Kinds of page that can rightly be empty when they say so."""

_SEC_HOSTS = re.compile(r"(?:^|\.)(?:sec|edgar|investor|finra|dtcc)\.(?:gov|org|com)$", re.IGNORECASE)
_SECURITIES = (
    worded(r"\bSecurities and Exchange Commission\b"),
    worded(r"\bRelease No(?:s)?\.?\s*\d{2}-\d{3,6}\b"),
    worded(r"\bSR-[A-Z]{2,8}-20\d\d-\d+", re.NOFLAG),
    worded(r"\b17 CFR\b", re.NOFLAG),
    worded(r"\bForm (?:10-[KQ]|8-K|20-F|S-\d|13[FDG])\b", re.NOFLAG),
    worded(r"\b(?:EDGAR|Securities (?:Exchange )?Act of 193[34]|Regulation S-[KXP])\b", re.NOFLAG),
    worded(
        r"\b(?:litigation release|accounting and auditing enforcement|self-regulatory organi[sz]ations?|"
        r"broker-dealers?|registrants?)\b",
    ),
)
_OURS = re.compile(
    r"\bSmart Energy Code\b|\bSECAS\b|\bSECMP\d{4}|\bMP\d{3}[A-D]?\b|\bDP\d{3}\b|\bSmart Meter|\bSMETS|"
    r"\bDCC\b|\bGBCS\b|\bSEC (?:Systems? )?Releases?\b(?! No)|\bSEC (?:Panel|Part(?:y|ies)|v\d)",
)
_NOTICES: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (reason, detail, re.compile(words, re.IGNORECASE))
    for reason, detail, words in (
        (
            "challenge",
            "The site answered with a check for robots instead of the page.",
            (
                r"\bchecking (?:if the site connection is secure|your browser)|"
                r"\bverify(?:ing)? (?:that )?you are (?:a )?human|\bjust a moment\b|\benable javascript and cookies\b|"
                r"\bcaptcha\b|"
                r"\battention required\b|\bray id\b|\bunusual traffic\b|\bperforming security verification\b|"
                r"\brequest unsuccessful\b|\bincapsula\b|\bddos protection\b"
            ),
        ),
        (
            "log_in",
            "The site answered with a log-in page.",
            (
                r"^\W*(?:log[ -]?in|sign[ -]?in)\b|\b(?:username|email(?: address)?|user name)\b.{0,60}\bpassword\b|"
                r"\b(?:lost|forgot(?:ten)?) your password\b|\bplease (?:log|sign)[ -]?in\b|"
                r"\byou (?:must|need to) (?:be logged in|log in|sign in)|\bsession (?:has )?(?:expired|timed out)\b|"
                r"\bremember me\b|\bmembers? only\b"
            ),
        ),
        (
            "forbidden",
            "The site refused to show the page.",
            (
                r"^\W*(?:403\b|forbidden\b|access denied\b)|\b403 forbidden\b|\b(?:access (?:is |has been )?denied|"
                r"you (?:don(?:’|')t|do not) have permission)\b"
            ),
        ),
        (
            "not_found",
            "The site says that the page does not exist.",
            (
                r"^\W*(?:error )?404\b|\bpage (?:can(?:’|')?not|can(?:’|')t|could(?: not|n(?:’|')t)) be found\b|"
                r"\bpage not found\b|\bnothing (?:was )?found\b|\bno longer exists\b|\bpage you (?:were|are|(?:’|"
                r"')re) looking for\b|"
                r"\bthat page can(?:’|')t be found\b|\bsorry, (?:we )?(?:couldn|can)(?:’|')t find\b|\b410 gone\b|"
                r"\b(?:cannot|can(?:’|')t|could not|couldn(?:’|')t|unable to) find (?:that|the|this|your) page\b|"
                r"\bpage (?:you (?:requested|asked for) )?(?:does not|doesn(?:’|')t) exist\b|"
                r"\bpage (?:has been|was) (?:moved or )?(?:deleted|removed)\b"
            ),
        ),
        (
            "password_protected",
            "The page is protected by a password.",
            (
                r"^\W*protected:\s|\b(?:content|post|page) is (?:password[- ]protected|protected by a password)\b|"
                r"\bto view (?:it|this)\b.{0,40}\benter (?:your|the) password\b"
            ),
        ),
        (
            "directory",
            "The site answered with a list of files instead of the page.",
            r"^\W*index of /",
        ),
        (
            "cookie_wall",
            "The site answered with a question about cookies instead of the page.",
            (
                r"\b(?:accept|agree|consent|allow)\b.{0,60}\bcookies\b.{0,80}"
                r"\b(?:continue|view|visit|access|see|proceed)\b|"
                r"\bcookies\b.{0,120}\b(?:accept|consent|choose)\b.{0,60}"
                r"\b(?:to continue|to view|before you|to proceed)\b"
            ),
        ),
        (
            "error_answer",
            "The site answered with an error for programs instead of the page.",
            r"^\s*[{\[]\W*(?:code|error|message|status)\"?\s*:\s*\"?\w",
        ),
        (
            "maintenance",
            "The site is down for maintenance or in trouble.",
            (
                r"\bscheduled maintenance\b|\b(?:down|closed|unavailable|undergoing|"
                r"under) (?:for )?(?:\w+ )?maintenance\b|\bmaintenance mode\b|\bbe(?: right)? back (?:soon|shortly|"
                r"online)\b|\btemporarily (?:unavailable|offline|down)\b|"
                r"\bservice unavailable\b|\b50[0234] (?:bad gateway|service|internal|gateway)|"
                r"\binternal server error\b|\bbad gateway\b|\berror establishing a database connection\b|"
                r"\bcritical error on this website\b|\baccount (?:has been )?suspended\b"
            ),
        ),
    )
)
_NONE_LISTED = re.compile(
    r"\b(?:no|not any)\s+(?:\w+\s+){0,4}(?:consultations?|variations?|notices?)\b|"
    r"\b(?:consultations?|variations?|notices?)\b[^.]{0,60}\b(?:none|nothing)\b|"
    r"\bnothing\b[^.]{0,40}\b(?:open|consult\w*|out for)\b|\bnone (?:is|are) (?:currently |presently )?(?:open|"
    r"listed)\b|"
    r"\bnot (?:currently |presently )?consulting\b|\bnot (?:yet )?(?:varied|made any|given any)\b",
    re.IGNORECASE,
)
_COUNT_WORDS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_COUNTED = worded(
    rf"\b(?P<count>{'|'.join(_COUNT_WORDS)}|\d{{1,2}})\s+(?:(?:SEC|approved|new|further|different|"
    rf"separate)\s+){{0,2}}(?:modification proposals?|modifications?)\b(?!\s+(?:remain|were raised|"
    rf"are being))"
)
_COUNTS_ALL = worded(
    r"\b(?:includ(?:es|ed|ing)|contain(?:s|ed|ing)?|compris(?:es|ed|ing)|consist(?:s|ed)? of|"
    r"implement(?:s|ed|ing)|deliver(?:s|ed|ing)|made up of|make up|of these|scope|following|"
    r"(?:made|makes?) it (?:in(?:to)?|over the line|through)|"
    r"(?:come|comes|came|go|goes|went) (?:in|live) with (?:it|them))\b"
)
_NOT_ALL = re.compile(
    r"\b(?:of (?:these|the|them)|further|additional|remaining|other|more|another|at least|up to|over|"
    r"removed|withdrawn|raised|consult\w*)\b",
    re.IGNORECASE,
)


def of_page(url: str, title: str, texts: Sequence[str], *, trouble: str = "", feed: bool = False) -> tuple[Doubt, ...]:
    """Return the doubts that a page raises before anything is read from it.

    `texts` are its pieces in order, `trouble` why its body could not be read at all. A feed may be empty.
    """
    if trouble:
        return (Doubt("unreadable", trouble),)
    words = " ".join(texts)
    bare = words.strip()
    if not feed and (not bare or (len(bare) < EMPTY and not _OURS.search(f"{title} {words}"))):
        return (Doubt("empty", "The page is empty, or says next to nothing."),)
    # A feed's entries are looked at one by one: it may have some of each.
    foreign = tuple(_of_host(url) if feed else other_sec(url, (title, *texts)))
    return foreign or tuple(sites.other_code(title, words)) or tuple(_notice(title, texts, words))


def other_sec(url: str, texts: Sequence[str]) -> Iterator[Doubt]:
    """Yield the doubt that a page, or an entry of a feed, is of the United States' SEC: by its host, by its words."""
    if found := list(_of_host(url)):
        yield from found
        return
    met = met_by_all(texts)
    possible = [sign for sign in _SECURITIES if sign.possible(met)]
    if not possible:
        return
    words = " ".join(texts)
    hits = [len(sign.regex.findall(words)) for sign in possible]
    signs = sum(1 for number in hits if number)
    if not signs:
        return
    ours = len(_OURS.findall(words))
    if not ours or (signs >= 2 and sum(hits) > ours):
        yield Doubt(
            "other_sec",
            "The page is about the United States' Securities and Exchange Commission, not the Smart Energy Code.",
        )


def _of_host(url: str) -> Iterator[Doubt]:
    host = (urlsplit(url).hostname or "") if "://" in url else ""
    if _SEC_HOSTS.search(host):
        yield Doubt(
            "other_sec", f"The page is at {host}, of the United States' securities world; not the Smart Energy Code."
        )


_LOUD = ("not_found", "forbidden", "password_protected", "directory")
"""Notices that are one whatever else stands on the page: a site shows its newest posts below "Page not found"."""
_HEADLINE = 80


def _many(texts: Sequence[str]) -> bool:
    """Whether more than one modification is named."""
    named: set[str] = set()
    for text in texts:
        named.update(modifications(text))
        if len(named) > 1:
            return True
    return False


_LABELLED = re.compile(
    r"\W*(?:(?:current )?(?:stage|status)|proposer|(?:date )?raised|lead analyst|impacted parties|affected documents|"
    r"timeline|latest update|go[- ]live|implementation date)\b",
    re.IGNORECASE,
)
_LABELS_OF_OURS = 2
"""So many labels of a modification's or a release's page show that it is one."""


def _notice(title: str, texts: Sequence[str], words: str) -> Iterator[Doubt]:
    """A page that is nothing but a notice: it is short, and nothing of ours stands on it.

    What a modification is called is no notice ("MP140 ‘Notice of scheduled maintenance by the DCC’").
    """
    if sum(bool(_LABELLED.match(text)) for text in texts) >= _LABELS_OF_OURS:
        return
    headlines = [text for text in (title, *texts[:1]) if len(text) < _HEADLINE]
    for reason, detail, form in _NOTICES:
        if reason in _LOUD and any(form.search(text) for text in headlines):
            yield Doubt(reason, detail)
            return
    if _many(texts):
        return
    head = " ".join((title, *texts[:3]))
    for reason, detail, form in _NOTICES:
        in_title = form.search(title) or any(form.search(text) for text in texts[:2] if len(text) < 120)
        short = len(words) < SHORT and form.search(words)
        if (in_title or short) and not (len(words) > SHORT * 4 and not form.search(head)):
            yield Doubt(reason, detail)
            return


def of_reading(reading: Reading, texts: Sequence[str]) -> tuple[Doubt, ...]:
    """Return the doubts that a reading raises by itself: nothing was read, from a page that is none of ours."""
    found: list[Doubt] = []
    if reading.kind in LISTS and says_none(texts):
        return ()
    if not reading.claims and reading.kind != "feed" and not _says_that_nothing_is(texts) and not reading.items:
        found.append(Doubt("nothing", "Nothing of the Smart Energy Code was read from the page."))
    elif not reading.claims and reading.kind != "feed" and not _OURS.search(" ".join(texts)):
        found.append(Doubt("foreign", "Nothing on the page is of the Smart Energy Code; it may be another site's."))
    return tuple(found)


def _says_that_nothing_is(texts: Sequence[str]) -> bool:
    """Whether a page of ours just has nothing to say yet ("The scope will be published in due course")."""
    return bool(_OURS.search(" ".join(texts))) and sum(len(text) for text in texts) > EMPTY


def says_none(texts: Sequence[str]) -> bool:
    """Whether a list says that it is empty: "There are no open consultations"."""
    return any(_NONE_LISTED.search(text) for text in texts)


@remembered
def counted(text: str) -> int | None:
    """Return how many modifications a sentence says that there are in all, None where it doesn't say."""
    match = _COUNTED.search(text)
    if not match or not _COUNTS_ALL.search(text) or _NOT_ALL.search(text[max(0, match.start() - 25) : match.start()]):
        return None
    word = match["count"].casefold()
    return _COUNT_WORDS.index(word) + 1 if word in _COUNT_WORDS else int(word)


def count_differs(said: int, read: int) -> Doubt | None:
    """Return the doubt that prose and rows disagree, None where they agree or there are no rows to count.

    One more or less is a note: a part of a modification may be counted or not. Half of the rows missing is grave.
    """
    if not read or said == read:
        return None
    return Doubt("count_differs", f"The page speaks of {said} modifications; {read} were read.", grave=read * 2 <= said)


# --- against what was believed before --------------------------------------------------------------------------------

_CONSULTATIONS = "consultations"
_ROWS = {"in_scope", "document", "change_request", "implements", "affects_part", "may_include", "out_of_scope"}


def believe(reading: Reading, accepted: Sequence[Claim], on: date | None = None) -> tuple[Doubt, ...]:
    """Return why a reading can't be believed after what was: its rows are gone, or half of them, or it is another page.

    Of a stream nothing is missed: its items slide off. That every row says something else now is news, not a doubt.
    `on`: the day of the reading; consultations that had closed by then are not missed, without a day none are.
    """
    if reading.stream or not accepted:
        return ()
    found = list(_another(reading, accepted)) or list(_lost(reading, accepted, on))
    if any(doubt.reason == "rows_gone" for doubt in found) and _empty_by_its_words(reading):
        return ()
    return tuple(found or _drifted(reading, accepted))


_NONE_REMAIN = re.compile(
    r"\b(?:no|none of the|not one of the)\b[^.]{0,30}?\bmodifications?\b[^.]{0,20}?"
    r"\b(?:remains?|(?:is|are) (?:now |left |currently )?in (?:the )?scope|(?:is|are) left)\b|"
    r"\bnothing (?:now )?(?:remains|is left) in (?:the )?scope\b|"
    r"\b(?:this|the)\b[^.]{0,20}?\brelease (?:has been|was|is) cancelled\b",
    re.IGNORECASE,
)
"""Where a release's page itself says that its scope is empty."""


def _empty_by_its_words(reading: Reading) -> bool:
    return bool(_NONE_REMAIN.search(" ".join(reading.pieces))) or (
        reading.kind == _CONSULTATIONS and says_none(reading.pieces)
    )


def _drifted(reading: Reading, accepted: Sequence[Claim]) -> Iterator[Doubt]:
    for one in drift.found(accepted, reading.claims):
        yield Doubt(
            "drift",
            f"{one.label.capitalize()} was read of {one.before} rows, and is read of {one.now} now, though the rows "
            "are still there: the page has changed its shape, or secbot reads it wrongly.",
        )


def _another(reading: Reading, accepted: Sequence[Claim]) -> Iterator[Doubt]:
    before = _about(accepted, reading.kind)
    if reading.about and before and not is_same_subject(before, reading.about):
        was, now = before.partition(":")[2], reading.about.partition(":")[2]
        yield Doubt("another_page", f"The page was about {was} and is now about {now}.")


def is_same_subject(before: str, now: str) -> bool:
    """Whether a page is about now what it was about, or what that became: a modification, a part of it."""
    (kind, _, key), (kind2, _, key2) = before.partition(":"), now.partition(":")
    if kind == kind2 == "modification" and is_modification(key) and is_modification(key2):
        return identity(key) == identity(key2) or is_part_of(key2, key)
    return before == now


def _about(claims: Sequence[Claim], kind: str) -> str:
    """Return the release that a page calls its own, or the one whose scope it lists; of a modification's page the
    modification that it says most of; empty for neither.
    """
    if kind == "modification-page":
        told = [c.subject for c in claims if c.kind == "modification"]
        return max(told, key=told.count, default="")
    named = [c.subject for c in claims if c.kind == "release" and c.attribute == "name"]
    listed = {c.subject for c in claims if c.attribute == "in_scope"}
    return named[0] if named else next(iter(listed)) if len(listed) == 1 else ""


def _lost(reading: Reading, accepted: Sequence[Claim], on: date | None) -> Iterator[Doubt]:
    before, now = _rows(accepted), _rows(reading.claims)
    if reading.kind == _CONSULTATIONS and on:
        before, now = before | _open(accepted, on), now | _open(reading.claims, on)
    gone = before - now - _told_gone(reading)
    if _counts_its_rows(reading):
        gone = {row for row in gone if row[1] != "in_scope"}
    if len(before) > 1 and not now and reading.kind != _CONSULTATIONS:
        yield Doubt("rows_gone", f"The page had {len(before)} rows and now has none.")
    elif len(gone) > max(MOST_LOST, len(before) / 2):
        yield Doubt("half_gone", f"Of {len(before)} rows {len(gone)} are gone at once.")


def _open(claims: Sequence[Claim], on: date) -> set[tuple[str, str, str]]:
    """Return the modifications whose consultations were open that day; that one is extended loses no row."""
    closing = (c for c in claims if c.attribute == "consultation_closes_on")
    return {(c.subject, c.attribute, "") for c in closing if c.value >= on.isoformat()}


def _told_gone(reading: Reading) -> set[tuple[str, str, str]]:
    """Return the rows of a scope of which the page itself says that they are out of it."""
    return {(c.subject, "in_scope", c.value) for c in reading.claims if c.attribute == "out_of_scope"}


def _counts_its_rows(reading: Reading) -> bool:
    """Whether the page's prose says that there are just as many modifications as are read."""
    listed = len({c.value for c in reading.claims if c.attribute == "in_scope"})
    return bool(listed) and any(counted(piece) == listed for piece in reading.pieces)


def _rows(claims: Sequence[Claim]) -> set[tuple[str, str, str]]:
    return {(c.subject, c.attribute, c.value) for c in claims if c.attribute in _ROWS}
