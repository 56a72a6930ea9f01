"""What stands on a page and is not the page: menus, side columns, footers, cookie notices, what is hidden.

Told by element, role and structure first; generic words in id and class ("sidebar", "breadcrumb") are hints that a
heading of the first level, a `main` or the greater part of the words overrules.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from watchers.outline.words import each

_NEVER_READ = each(
    "script style template noscript svg iframe object embed canvas audio video map select datalist textarea head "
    "nav footer aside dialog"
)
_PLAIN = each("a b br em i li p span strong td th tr")
"""What is most of a page: of one without attributes there is nothing to ask."""
_ROLES = each(
    "navigation banner contentinfo complementary search menu menubar dialog alertdialog tablist toolbar tooltip"
)
_NO_TABS = "p, table, h1, h2, h3, h4, [role=tabpanel]"
"""What an accordion that calls itself a list of tabs holds, and a list of tabs does not."""
_HINTED = each("div section ul ol p span form center header")
_HINTS = each(
    "cookie cookies consent gdpr ccpa sidebar sidenav sidecolumn breadcrumb breadcrumbs nav navbar navigation menu "
    "submenu megamenu footer pagination pager share sharing social modal popup lightbox newsletter advert "
    "advertisement skiplink toolbar masthead"
)
_PHRASES = re.compile(
    r"(?:related|recent|latest|other|similar|more)[-_](?:posts?|news|articles?|stories)|you[-_]?may[-_]?also|skip[-_](?:link|to)|"
    r"widget[-_]?area|widget_(?:recent|categor|archive|tag|search|nav|pages|meta|calendar|links)\w*|"
    r"side[-_](?:bar|column|nav|menu)|post[-_]navigation|(?:posts?|entry)[-_]nav|comment[-_]?(?:s|form|list|respond)\b|mailing[-_]list",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ACCEPTS = re.compile(
    r"\b(?:accept|agree|allow|got it|ok(?:ay)?|reject|decline|manage|settings|close|dismiss)\b", re.IGNORECASE
)
_ACTS = re.compile(
    r"\W*(?:accept|agree|allow|reject|decline|manage|cookies?|settings|close|dismiss|show|hide|view|see|read|load|more|open|"
    r"search|menu|toggle|submit|send|subscribe|sign|log|register|download|print|share|back|skip|go|click|yes|no)\b",
    re.IGNORECASE,
)
"""With what the words of an action begin; other words above a box are the heading of what is in it."""
_LONGEST_NOTICE = 900
_BUTTONS_LOOKED_AT = 60


class Furniture:
    """Tells of each element of one page whether it is left out."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        """Look at the page as a whole: what its buttons open, where its cookie notice stands."""
        self._tree = tree
        self._notices = frozenset(_cookie_notices(tree))
        self._opened = frozenset(
            str(node.attributes.get("aria-controls")) for node in tree.css("[aria-controls]")[:1000]
        )

    def __call__(self, node: LexborNode, given: dict[str, str | None]) -> bool:
        """Whether the element is left out with all that it holds. `given`: its attributes."""
        name = node.tag or ""
        if not given and name in _PLAIN and node.mem_id not in self._notices:
            return False
        role = (given.get("role") or "").strip().lower()
        if name in _NEVER_READ or node.mem_id in self._notices:
            return True
        if role in _ROLES:
            return role != "tablist" or node.css_first(_NO_TABS) is None
        if name == "header":
            return not _within_article(node)
        if self._hidden(given):
            return True
        if name == "button":
            return not _opens(node)
        return name in _HINTED and (name == "form" or _hinted(given)) and not self._is_the_page(node)

    def _hidden(self, given: dict[str, str | None]) -> bool:
        """Whether nobody sees it. A panel that a button opens (an accordion's, a tab's) counts as seen."""
        if "hidden" in given or _INVISIBLE.search(given.get("style") or "") or given.get("aria-modal") == "true":
            return (given.get("id") or "") not in self._opened
        return False

    def _is_the_page(self, node: LexborNode) -> bool:
        if node.css_first("h1, main, [role=main]") is not None:
            return True
        return _spoken(node) * 2 > (_spoken(around) if (around := _main_around(node)) else self._spoken)

    @cached_property
    def _spoken(self) -> int:
        return _spoken(self._tree.body) if self._tree.body is not None else 0


def _spoken(node: LexborNode) -> int:
    """Return the number of characters outside links: menus are links, pages are not."""
    return len(node.text()) - sum(len(link.text()) for link in node.css("a"))


_LONGEST_NAMES = 300
"""Characters of an element's id and classes that are looked at."""


def _hinted(given: dict[str, str | None]) -> bool:
    named = f"{given.get('id') or ''} {given.get('class') or ''}".strip()
    return bool(named) and _names_furniture(named[:_LONGEST_NAMES])


@lru_cache(4096)
def _names_furniture(named: str) -> bool:
    words = {word.lower() for word in re.split(r"[\s_\-:]+|(?<=[a-z])(?=[A-Z])", named)}
    return bool(words & _HINTS) or bool(_PHRASES.search(named))


def _main_around(node: LexborNode) -> LexborNode | None:
    """Return the main part of the page in which an element stands, of whose words it may be most."""
    above = node.parent
    while above is not None and above.tag != "main" and (above.attributes or {}).get("role") != "main":
        above = above.parent
    return above


def _within_article(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in ("article", "main", "section") or (above.attributes or {}).get("role") in ("main", "article"):
            return True
        above = above.parent
    return False


def _opens(button: LexborNode) -> bool:
    """Whether a button is the heading of something that it opens rather than an action."""
    given = button.attributes
    above = button.parent
    if "aria-expanded" in given or "aria-controls" in given or (above is not None and (above.tag or "")[:1] == "h"):
        return True
    below = button.next
    while below is not None and below.is_text_node and not (below.text_content or "").strip():
        below = below.next
    words = button.text().split()
    return (
        below is not None
        and below.tag in ("div", "section", "p", "ul", "dl")
        and len(words) > 1
        and not _ACTS.match(words[0])
    )


def _cookie_notices(tree: LexborHTMLParser) -> list[int]:
    """Find the notices that speak of cookies and ask for a click, whatever they are called: the widest short box."""
    notices = []
    for button in (
        tree.css("button, input[type=button], input[type=submit], a")[:_BUTTONS_LOOKED_AT]
        + tree.css("button")[-_BUTTONS_LOOKED_AT:]
    ):
        if not _ACCEPTS.search(button.text() or button.attributes.get("value") or ""):
            continue
        box, notice = button.parent, None
        while (
            box is not None and box.tag not in ("body", "html", "main") and len(text := box.text()) <= _LONGEST_NOTICE
        ):
            if re.search(r"\bcookies?\b", text, re.IGNORECASE) and box.css_first("table, h1") is None:
                notice = box
            box = box.parent
        if notice is not None:
            notices.append(notice.mem_id)
    return notices
