"""Text as outlines have it: single spaces, one glyph for a tick, broken and invisible characters mended."""

from __future__ import annotations

import re

TICK = "✓"
CROSS = "✗"

_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufe0f")
)
_INVISIBLE |= dict.fromkeys(range(0x2066, 0x206A))
_ALIKE = {ord("\u2011"): "-", ord("\u2010"): "-"}
_TICKS = {ord(glyph): TICK for glyph in "✔☑✅🗸🗹\uf0fc\uf0fe\uf050"}
_CROSSES = {ord(glyph): CROSS for glyph in "✘☒❌✕✖\uf0fb\uf0fd"}
_BULLETS = {ord(glyph): "•" for glyph in "\uf0b7\uf0a7\uf0a8"}
_TABLE = _INVISIBLE | _ALIKE | _TICKS | _CROSSES | _BULLETS

_LONE_ROOT = re.compile(r"(?<!\S)√(?!\S)")
_MISREAD = re.compile("[\u00c2\u00c3\u00e2][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")
_STRANGE = re.compile(f"[√{''.join(map(chr, _TABLE))}]")
_RAISED = re.compile("[¹²³⁰⁴-⁹]")
_NOTE = re.compile(r"(?:(?<=\w\w)|(?<=[✓✗’'”.)])|(?<=[✓✗] ))[¹²³⁰⁴-⁹]+")
"""A footnote's raised number: read as part of its word it would change it."""
_TICK_NAMES = {"tick", "ticked", "check", "checked", "checkmark", "check mark", "yes", "tick mark", "green tick", "y"}
_CROSS_NAMES = {"cross", "crossed", "no", "x", "red cross", "n"}


def each(words: str) -> frozenset[str]:
    """Return the words as a set, for tables of names."""
    return frozenset(words.split())


def tidy(text: str) -> str:
    """Return text with single spaces, ticks as "✓", nothing invisible, mended where UTF-8 was read as cp1252."""
    if text.isascii():
        return " ".join(text.split())
    mended = _MISREAD.sub(_mended, text)
    if _STRANGE.search(mended):
        mended = _LONE_ROOT.sub(TICK, mended.translate(_TABLE))
    single = " ".join(mended.split())
    return _NOTE.sub("", single).strip() if _RAISED.search(single) else single


def glyph(name: str) -> str:
    """Return "✓" or "✗" where a picture's name or description means one ("tick", "green-tick.png"), else ""."""
    plain = re.sub(r"[-_\s]+", " ", re.sub(r"\.(png|gif|jpe?g|svg|webp)$", "", name.casefold())).strip(" .")
    plain = re.sub(r"\b(icon|image|img|symbol|\d+(x\d+)?)\b", "", plain).strip()
    if plain in _TICK_NAMES:
        return TICK
    return CROSS if plain in _CROSS_NAMES else ""


def _mended(match: re.Match[str]) -> str:
    try:
        return match[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return match[0]
