"""Whether a body is whole: it breaks off where the last good one went on, or in the middle of a tag."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.claims import Claim, Doubt, Reading
from bot.domain.values import plain

_END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
_BEGINS = re.compile(rb"<(?:!doctype|html|body)\b", re.IGNORECASE)
_WITHIN_A_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,2000}\Z")
LEAST_LINE = 8
"""Characters of a line that is not there by chance."""


def cut_off(before: bytes, now: bytes, accepted: Sequence[Claim], reading: Reading) -> tuple[Doubt, ...]:
    """Return the doubt that a body breaks off: the last good one went on, and what was believed is missing.

    A body that lost its end and nothing that was read from it is as good as whole.
    """
    said = {(c.subject, c.attribute, plain(c.value)) for c in reading.claims}
    missing = any((c.subject, c.attribute, plain(c.value)) not in said for c in accepted)
    if missing and breaks_off(before, now):
        return (Doubt("cut_off", "The page breaks off: it ends where the last good one went on."),)
    return ()


def breaks_off(before: bytes, now: bytes) -> bool:
    """Whether a body is the beginning of another one, lacks the end that it had, or stops within one of its lines."""
    start = now.rstrip()
    if not start or len(start) >= len(before.rstrip()):
        return False
    if before.startswith(start):
        return True
    if _END.search(before):
        return bool(_BEGINS.search(now)) and not _END.search(now)
    last = start.rsplit(b"\n", 1)[-1].strip()
    lines = {line.strip() for line in before.split(b"\n")}
    return len(last) >= LEAST_LINE and last not in lines and any(line.startswith(last) for line in lines)


def within_a_tag(text: str) -> tuple[Doubt, ...]:
    """Return the doubt that a page of HTML stops in the middle of a tag, which no whole page does."""
    if _WITHIN_A_TAG.search(text.rstrip()[-2000:]):
        return (Doubt("cut_off", "The page breaks off in the middle of a tag."),)
    return ()
