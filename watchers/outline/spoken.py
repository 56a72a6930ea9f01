"""The words of an element in one line, with its links, less what is struck out or furniture."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborNode

from bot.domain.claims import Link
from watchers.outline.elements import children
from watchers.outline.furniture import Furniture
from watchers.outline.pictures import dingbats, shown
from watchers.outline.words import each, tidy

BLOCKS = each(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead "
    "tr ul"
)
_STRUCK = frozenset({"del", "s", "strike"})
_FOOTNOTE = re.compile(r"[\s\[(]*(?:\d{1,2}|[*†‡§]+|[a-z])[\s\])]*")
_SCHEMES = ("http", "https")
_PLAIN_PATH = re.compile(r"(?:/[\w-]+)+/?")
"""Where most links lead, at the site itself: it is joined to that as it is, as joining takes its time."""


def _site(base: str) -> str:
    """Return the site that an address is of, "" where that is none to join a path to."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    return urljoin(base, "/")[:-1] if parts.scheme in _SCHEMES and parts.netloc else ""


class Spoken:
    """Reads the words of a page's elements. `base` makes its links absolute."""

    def __init__(self, furniture: Furniture, base: str) -> None:
        self._left_out = furniture
        self._base = base
        self._site = _site(base)

    def _words(
        self, node: LexborNode, lists: list[LexborNode] | None = None, tables: list[LexborNode] | None = None
    ) -> tuple[str, tuple[Link, ...]]:
        """Return an element's text in one line and its links; nested lists and tables are put aside where asked."""
        alone = node.child
        if alone is not None and alone.next is None and alone.is_text_node:
            return tidy(dingbats(node, alone.text_content or "")), ()
        pieces: list[str] = []
        links: list[Link] = []
        self._gather(node, pieces, links, lists, tables)
        return tidy("".join(pieces)), tuple(dict.fromkeys(links))

    def _gather(
        self,
        node: LexborNode,
        pieces: list[str],
        links: list[Link],
        lists: list[LexborNode] | None,
        tables: list[LexborNode] | None,
    ) -> None:
        for child in children(node):
            name = child.tag or ""
            if child.is_text_node:
                pieces.append(dingbats(node, child.text_content or ""))
            elif not child.is_element_node or self._skipped(child, name):
                continue
            elif lists is not None and name in ("ul", "ol"):
                lists.append(child)
            elif tables is not None and name == "table":
                tables.append(child)
            else:
                begun = len(pieces)
                apart = name in BLOCKS or name == "br"
                pieces.append(shown(child, name) or (" " if apart else ""))
                self._gather(child, pieces, links, lists, tables)
                pieces.append(" " if apart else "")
                if name == "a" and (link := self._link(child, "".join(pieces[begun:]))):
                    links.append(link)

    def _link(self, node: LexborNode, text: str) -> Link | None:
        try:
            given = node.attributes.get("href") or ""
            path = given.strip()
            if self._site and _PLAIN_PATH.fullmatch(path):
                return Link(tidy(text), self._site + path)
            url = urljoin(self._base, path)
            scheme = urlsplit(url).scheme
        except ValueError:
            return None
        return Link(tidy(text), url) if scheme in _SCHEMES and given else None

    def _skipped(self, node: LexborNode, name: str) -> bool:
        given = node.attributes
        if name in _STRUCK or (given and "line-through" in (given.get("style") or "")):
            return True
        if name == "sup" and _FOOTNOTE.fullmatch(node.text()):
            return True
        return self._left_out(node, given) and not (name == "svg" and shown(node, name))
