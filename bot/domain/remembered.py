"""What is remembered of a page's texts while it is read: each is asked about many times, and none of the next page.

A page has some hundred texts, or some ten thousand; a reading goes through them several times over, so that a memory
that holds fewer than all of them holds none when they are asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import TypeVar

MOST = 50_000
"""Texts that are remembered: as many as the largest page that is read has, and more."""

Answer = TypeVar("Answer")
_memories: list[_lru_cache_wrapper[object]] = []


def remembered(asked: Callable[..., Answer]) -> _lru_cache_wrapper[Answer]:
    """Return a function of texts that answers from memory what was asked since the last `forget`."""
    memory = lru_cache(MOST)(asked)
    _memories.append(memory)
    return memory


def forget() -> None:
    """Forget all texts: the reading of a page is over."""
    for memory in _memories:
        memory.cache_clear()
