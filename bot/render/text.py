"""Text from outside, made harmless for Slack: cleaned of what nobody can see, escaped, unable to format or to link.

Slack's markup has no escape for `*`, `_`, `~` and backticks, and shows `:tada:` as a picture. Where one of these could
format, a look-alike takes its place (`∗`, `ˍ`, `∼`, `ˋ`, `∶`): a reader sees the same title, a footnote's asterisk
stays visible, and no bold or code runs on into the words around it. Elsewhere (snake_case, 09:00:30) nothing changes.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

START = "\x02"
"""Stands before text from outside in rendered words, so that it never reads as a template's own "# " or "> "; `clean`
takes it out of the text itself."""

_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters by their class that show as nothing."""

_LOOK_ALIKES = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_UNDERSCORE = re.compile(r"(?<!\w)_+|_+(?!\w)")
_EMOJI = re.compile(r":(?=[\w+'-]+:)(?!(?<=\d:)\d{1,2}:\d)")
_SPACES = re.compile(r"\s+")
_OPENS, _CLOSES = re.compile(r"<(?![\s\d=])|<(?=[^<>]*>)"), re.compile(r"(?<![\s\d=-])>")
_LINK = re.compile(r"<(?P<url>[^<>|]+)\|(?P<label>[^<>]*)>")
_MARKUP = re.compile(r"<[^<>]*>|`[^`]*`")
_TEMPTING = re.compile(r"://|\b(?:www|mailto|tel)\b[.:]|[\w-]\.[a-z]{2,}|[@#]\w", re.IGNORECASE)
_SAFE_IN_URL = "/:?#[]@!$&'()*+,;=%~-._"
_HOST = re.compile(r"(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
URL_LIMIT = 2000


class _Visible(dict[int, str]):
    """What each character becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = _visible(chr(code))
        return shown


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    if category == "Cs":
        return "\ufffd"
    # Cf has the right-to-left marks and overrides, zero-width characters, soft hyphens and tags; Co is nobody's.
    return "" if category in {"Cf", "Co"} or character in _BLANKS else character


_VISIBLE = _Visible()


def clean(text: str) -> str:
    """Return text in one line, without control, direction, zero-width and private characters."""
    return _SPACES.sub(" ", text.translate(_VISIBLE))


def escape(text: str) -> str:
    """Return text with & < > as Slack wants them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return escaped text as people read it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def harmless(text: str) -> str:
    """Return text from outside as mrkdwn that shows it and does nothing else."""
    literal = clean(text).translate(_LOOK_ALIKES)
    literal = _UNDERSCORE.sub(lambda match: "ˍ" * len(match[0]), literal)
    return escape(_EMOJI.sub("∶", literal))


def plain(words: str) -> str:
    """Return mrkdwn as the words of a plain_text object: no entities, links as their labels.

    Slack does not read tokens in plain_text; what looks like one still gets other brackets, for the eye and for clients
    that know better.
    """
    shown = unescape(_LINK.sub(lambda match: match["label"], words.replace(START, "")))
    return _CLOSES.sub("›", _OPENS.sub("‹", shown))


def http_url(url: str) -> str | None:
    """Return an http(s) URL as it may stand in Slack's <url|label>.

    None for any other, for one with credentials and for a host that only looks like another one.
    """
    try:
        parts = urlsplit(clean(url).strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not _HOST.fullmatch(parts.netloc):
        return None
    address = escape(quote(parts.geturl(), safe=_SAFE_IN_URL))
    return address if len(address) <= URL_LIMIT else None


def tempting(words: str) -> bool:
    """Whether mrkdwn holds, outside of our own markup, an address, a domain, @name or #channel for Slack to link."""
    return bool(_TEMPTING.search(_MARKUP.sub(" ", words)))


def shortened(text: str, limit: int) -> str:
    """Return text, cut between words with "…" where it is longer than limit characters."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at = head.rfind(" ")
    return (head[:at] if at > limit // 2 else head).rstrip(" ,;:–-") + "…"


def lines(words: str) -> list[str]:
    """Return the lines of rendered words as mrkdwn; outside text that begins one can't make it a quote."""
    return [line.replace(f"{START}&gt;", "›", 1).replace(START, "").rstrip() for line in words.split("\n")]


def cut(words: str, limit: int) -> str:
    """Return mrkdwn of at most limit characters, cut with "…" outside of links, entities and bold."""
    if len(words) <= limit:
        return words
    kept, length = [], 0
    for token in re.findall(r"<[^<>]*>|&[a-z]+;|.", words, re.DOTALL):
        if length + len(token) > limit - 2:
            break
        kept.append(token)
        length += len(token)
    head = "".join(kept).rstrip()
    return head + ("…*" if head.count("*") % 2 else "…")
