"""A feed: its entries are posts given whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.forms.form import HTML
from tests.forms.kinds import Said
from tests.forms.kinds.archive import SEVERAL
from tests.forms.kinds.news import Post
from tests.forms.pieces import Entry, Sheet

KIND = "feed"
CONTAINERS = HTML


@dataclass(frozen=True)
class Feed:
    """Posts as entries; when each was posted is the entry's own date."""

    posts: tuple[Post, ...]

    def claims(self) -> set[Said]:
        return {said for post in self.posts for said in post.claims()}

    def sheet(self, say: int) -> Sheet:
        entries = tuple(
            Entry(
                post.heading,
                post.posted_on.isoformat() if post.posted_on else "",
                post.url,
                post.pieces(say, 0, dated=False),
            )
            for post in self.posts
        )
        return Sheet("Smart Energy Code", (), "https://smartenergycodecompany.co.uk/feed/", entries)


def _dated(posts: tuple[Post, ...]) -> tuple[Post, ...]:
    return tuple(replace(post, posted_on=post.posted_on or post.effective_on) for post in posts)


FACTS = st.builds(Feed, SEVERAL.map(_dated))
