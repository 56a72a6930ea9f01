"""A question as it is meant: without mentions, formatting, `/sec`, polite words and closing marks."""

from __future__ import annotations

import html
import re
import unicodedata

LONGEST = 500
"""Characters of a question that are looked at."""

_MENTION = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>")
_LINK = re.compile(r"<[^<>|]+\|([^<>]*)>")
_FORMAT = re.compile(r"[*`~“”\"]+|(?<!\w)_+|_+(?!\w)")
_POLITE = (
    r"please|pls+|plz|plse|hi(?: there)?|hello|hey|hiya|good (?:morning|afternoon)|secbot|"
    r"(?:can|could|would|will) (?:you|i|we)(?: please| pls)?|do you know|"
    r"(?:i|we)(?:'d|’d| would) like(?: to)?(?: see)?|"
    r"(?:i|we) (?:want|need)(?: to)?(?: (?:see|know|find))?|let me(?: see| know)?|go(?: to)?(?=\s+mp)|open(?=\s+mp)"
)
_FILLER = re.compile(
    rf"(?:(?:{_POLITE}|show(?: me)?|give me|get(?: me)?|see|view|display|tell me(?: about)?|tell us(?: about)?|"
    r"details? (?:of|on|for)|more on|info(?:rmation)? (?:on|about|for)|about|stat(?:us|e) of|"
    r"what(?:'s|’s|s| is| are| about| was| has(?= changed| happened)|(?= changed| happened))|"
    r"when(?:'s|’s| is| are| was| does| did| will)|"
    r"(?:where|how)(?:'s|’s| is)|is|the|any|all the|my)\b[\s,:]*)+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:[\s,;.!]+(?:please|pls+|plz|plse|thanks?(?: you)?|thx|ta|cheers|secbot|(?:right )?now|again))+$", re.IGNORECASE
)


def cleaned(question: str) -> str:
    """Return a question without mentions, formatting, `/sec` and closing marks; an endless one cut."""
    text = _LINK.sub(r"\1", _MENTION.sub(" ", question[:LONGEST]))
    # Full-width letters and digits are typed by some keyboards and mean the same (NFKC).
    text = _FORMAT.sub(" ", unicodedata.normalize("NFKC", html.unescape(text))[:LONGEST])
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"^/sec(?![\w-])", "", text, flags=re.IGNORECASE)
    # A mark alone asks for help; after words it says nothing more.
    return text.strip(" ?!.,;:") or ("help" if "?" in text else "")


def bare(question: str) -> str:
    """Return a question without the words that only introduce it or thank for it: "please show me", "what about"."""
    text = _THANKS.sub("", cleaned(question)).strip(" ?!.,;:")
    filler = _FILLER.match(text)
    return text[filler.end() :] if filler else text
