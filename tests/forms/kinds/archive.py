"""An archive: the newest posts whole, one after another."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.forms.kinds import Said
from tests.forms.kinds.news import FACTS as POSTS
from tests.forms.kinds.news import Post
from tests.forms.pieces import Heading, Sheet

KIND = "news"


@dataclass(frozen=True)
class Archive:
    """Posts, newest first, no two of one version and no modification in two."""

    posts: tuple[Post, ...]

    def claims(self) -> set[Said]:
        return {said for post in self.posts for said in post.claims()}

    def sheet(self, say: int) -> Sheet:
        posts = tuple(piece for post in self.posts for piece in post.pieces(say, 2))
        title = Heading("SEC Releases", 1)
        return Sheet(
            "SEC Releases – Smart Energy Code", (title, *posts), "https://smartenergycodecompany.co.uk/tag/sec-release/"
        )


def apart(posts: list[Post]) -> bool:
    """Whether no version, modification or proposal stands in two posts."""
    names = [
        name
        for post in posts
        for name in (post.version, *(id_ for id_, _ in post.implements), *(one.id for one in post.proposals))
    ]
    return len(names) == len(set(names))


SEVERAL = st.lists(POSTS, min_size=2, max_size=2).filter(apart).map(tuple)
FACTS = st.builds(Archive, SEVERAL)
