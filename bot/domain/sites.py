"""Whose page it is: other energy codes have releases, change proposals and go-lives, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.claims import Doubt

IN_PASSING = 2
"""A page of another code names that code so many times as often as ours, at least."""
_OUR_NAMES = re.compile(
    r"\bSmart Energy Code\b|\bSECAS\b|\bSECCo\b|\bSECMP\d{4}|\b[MD]P\d{3}\b|"
    r"\bSEC (?:Systems? )?(?:Releases?|Panel|Part(?:y|ies)|[Mm]odifications?|v\d|Change Board|Schedules?|Appendix|"
    r"Sections?)\b"
)
_OTHER_CODES = (
    (
        "Balancing and Settlement Code",
        re.compile(r"\bBSC\b|\bBalancing and Settlement Code\b|\bElexon\b|\bP4\d\d\b|\bCP1\d{3}\b"),
    ),
    ("Retail Energy Code", re.compile(r"\bREC\b|\bRetail Energy Code\b|\bRECCo\b|\bR0\d{3}\b")),
    ("DCUSA", re.compile(r"\bDCUSA\b|\bDCPs? ?\d{2,3}\b")),
    ("Uniform Network Code", re.compile(r"\bUniform Network Code\b|\b(?:IGT )?UNC\b|\bJoint Office\b")),
    ("Connection and Use of System Code", re.compile(r"\bCUSC\b|\bCMP ?\d{2,3}\b|\bGrid Code\b")),
    ("Master Registration Agreement", re.compile(r"\bMRA\b|\bMaster Registration Agreement\b|\bMRASCo\b")),
)


def other_code(title: str, words: str) -> Iterator[Doubt]:
    """A page that names another code time and again and ours nowhere, or in passing."""
    titled = not _OUR_NAMES.search(title) and any(signs.search(title) for _, signs in _OTHER_CODES)
    if not titled and _OUR_NAMES.search(words):
        return
    ours = len(_OUR_NAMES.findall(words))
    for name, signs in _OTHER_CODES:
        hits = len(signs.findall(words))
        if hits > 1 and (not ours or (titled and signs.search(title) and hits >= ours * IN_PASSING)):
            yield Doubt("other_code", f"The page is of another code ({name}), not the Smart Energy Code.")
            return
