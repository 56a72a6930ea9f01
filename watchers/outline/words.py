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

_MOST_OFTEN = 3
_LONE_ROOT = re.compile(r"(?<!\S)√(?!\S)")
_STRANGE = re.compile(f"[√{''.join(map(chr, _TABLE))}]")
_RAISED = re.compile("[¹²³⁰⁴-⁹]")
_AFTER = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MISREAD = re.compile(f"[\u00c2-\u00df]{_AFTER}|[\u00e0-\u00ef]{_AFTER}{{2}}")
"""UTF-8 that was read as cp1252 or latin-1: a character that begins a sequence with one or two that go on with it."""
_BEGINS_MISREAD = re.compile("[\u00c2-\u00ef]")
"""What all that was misread has in it, the half of a quote too."""
_HALF_LOST = re.compile(r"â€(?=[^\w€™œžŸ]|[A-Z]|$)")
"""A closing quote whose last byte, of which cp1252 knows nothing, was lost on the way."""
_NOTE = re.compile(r"(?:(?<=\w\w)|(?<=[✓✗’'”.)])|(?<=[✓✗] ))[¹²³⁰⁴-⁹]+")
"""A footnote's raised number: read as part of its word it would change it."""
_TO_MEND = re.compile(f"[\u00c2-\u00ef¹²³⁰⁴-⁹√{''.join(map(chr, _TABLE))}]")
"""What all text has in it that is not left as it is."""
_TICK_NAMES = {"tick", "ticked", "check", "checked", "checkmark", "check mark", "yes", "tick mark", "green tick", "y"}
_CROSS_NAMES = {"cross", "crossed", "no", "x", "red cross", "n"}


def each(words: str) -> frozenset[str]:
    """Return the words as a set, for tables of names."""
    return frozenset(words.split())


def tidy(text: str) -> str:
    """Return text with single spaces, ticks as "✓", nothing invisible, mended where UTF-8 was read as cp1252."""
    if text.isascii() or not _TO_MEND.search(text):
        return " ".join(text.split())
    whole = mended(text)
    if _STRANGE.search(whole):
        whole = _LONE_ROOT.sub(TICK, whole.translate(_TABLE))
    single = " ".join(whole.split())
    return _NOTE.sub("", single).strip() if _RAISED.search(single) else single


_SPACES = (
    _INVISIBLE
    | dict.fromkeys(map(ord, "\xa0\u1680\u202f\u205f\u3000"), " ")
    | dict.fromkeys(range(0x2000, 0x200B), " ")
)


def plain_spaces(text: str) -> str:
    """Return text with as many spaces as it has, all of them plain, and nothing invisible."""
    return text if text.isascii() else mended(text).translate(_SPACES)


def glyph(name: str) -> str:
    """Return "✓" or "✗" where a picture's name or description means one ("tick", "green-tick.png"), else ""."""
    plain = re.sub(r"[-_\s]+", " ", re.sub(r"\.(png|gif|jpe?g|svg|webp)$", "", name.casefold())).strip(" .")
    plain = re.sub(r"\b(icon|image|img|symbol|\d+(x\d+)?)\b", "", plain).strip()
    if plain in _TICK_NAMES:
        return TICK
    return CROSS if plain in _CROSS_NAMES else ""


def mended(text: str) -> str:
    """Return text without mojibake, however often UTF-8 was taken for something else."""
    if not _BEGINS_MISREAD.search(text):
        return text
    text = text.replace("â€â€", "”â€")  # with what follows, half a quote would make another character
    for _ in range(_MOST_OFTEN):
        again = _MISREAD.sub(_read_again, text)
        if again == text:
            break
        text = again
    return _HALF_LOST.sub("”", text)


def _read_again(match: re.Match[str]) -> str:
    try:
        return b"".join(_byte(char) for char in match[0]).decode("utf-8")
    except UnicodeError:
        return match[0]


def _byte(char: str) -> bytes:
    """Return the byte that was read as a character: by cp1252, or for what that does not know by latin-1."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
