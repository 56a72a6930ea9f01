"""A post: its heading, the blocks below it, when it was posted, which version it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain import checks
from watchers.outline import Block
from watchers.recognisers._findings import slug
from watchers.recognisers._post.versions import version_of

CUT = re.compile(
    r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\])\W*(?:(?:read|see|find out|view) (?:more|full)\b.*|"
    r"continue reading\b.*)?$|^\W*(?:read more|continue reading|read full (?:post|article|story))\b.*$",
    re.IGNORECASE,
)
"""How the end of a text shows that it goes on elsewhere."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post with the blocks below its heading, each with its number on the page."""

    heading: Block
    number: int
    blocks: tuple[tuple[int, Block], ...]
    posted_on: str = ""
    truncated: bool = False
    url: str = ""
    dated: str = ""

    @property
    def version(self) -> str:
        """The SEC version that the post is about: named in its heading, else the only one that it names first."""
        return version_of(self.heading.text, [block for _, block in self.blocks if block.kind != "heading"])

    @property
    def is_foreign(self) -> bool:
        """Whether it is of the United States' SEC: in feeds and archives of searches the two collide."""
        texts = [self.heading.text, *(block.text for _, block in self.blocks)]
        return any(checks.other_sec(self.url, texts))

    @property
    def key(self) -> str:
        """Its identity, whatever page it stands on."""
        return f"sec-v{self.version}" if self.version else slug(self.heading.text)
