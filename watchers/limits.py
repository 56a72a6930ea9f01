"""How much a server may send and how long it may take, in one place. Times in seconds, sizes in bytes.

What a page that has come whole may cost to read is bounded where it is read: how deep it nests and how many cells its
tables span (`watchers.outline.html`), tags and entities of a feed (`watchers.outline.feed`), pages of a PDF
(`watchers.outline.pdf`), characters and pieces in all (`watchers.read`).
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_WAIT = 7 * 24 * 3600
"""Seconds that a Retry-After may ask for; a longer one is taken for this."""
LONGEST_VALIDATOR = 500
"""Characters of an ETag or Last-Modified that are kept and sent back; a longer one is dropped."""

MOST_DRAINED = 64_000
LONGEST_DRAINED = 1.0
"""Bytes of an answer that is no page, and seconds, that are spent so that its connection can be used again."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one cycle and one page may take."""

    connections: int = 10
    per_host: int = 2
    patience: float = 3.0  # after which a request is slow: it holds its place no longer, and others get theirs
    slow: int = 10  # slow requests beside the connections
    slow_per_host: int = 4
    connect: float = 10.0
    read: float = 20.0
    deadline: float = 60.0  # for a page with all its hops, from the first byte sent to the last received
    wire: int = 8_000_000
    inflated: int = 8_000_000
    hops: int = 5
    longest_gap: float = 30.0  # between two requests to a host that asks for one in its robots.txt
    unread: int = 32  # answers that wait for whoever asked
