"""A term of the field with what it means."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A term: the word that people use (`DUIS`), its name in full (empty where the word is the name), what it means in
    one or two sentences, what else it is called. `part`: where in the SEC it stands.
    """

    word: str
    name: str
    meaning: str
    also: tuple[str, ...] = ()
    part: str = ""

    @property
    def is_short(self) -> bool:
        """Whether the word stands for a longer name."""
        return bool(self.name)

    @property
    def full(self) -> str:
        """The name in full."""
        return self.name or self.word

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that it is called."""
        return tuple(one for one in (self.word, self.name, *self.also, self.part) if one)
