"""Whether a question asks for an answer that everybody sees: "share" at its beginning or at its end."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.asking import Reply, Suggestion

WORTH = frozenset(
    (
        *("cutoffs", "define", "evidence", "glossary", "history", "modification", "next", "part", "search", "since"),
        *("release", "release_docs", "release_named", "release_scope", "release_timeline", "releases"),
        *("several", "split", "version"),
    )
)
"""Answers that others may want to see."""

NEVER = frozenset(("again", "ask_for", "not_yet", "slow_down", "suggest"))
"""Answers that are only for whoever asked, whatever they said: nobody else needs to see a typo."""

_WITH = r"(?:\s+with\s+(?:all|everyone|everybody|us|the\s+channel))?"
_AT_THE_BEGINNING = re.compile(rf"^(?:please\s+|pls\s+)?share{_WITH}\b[\s:,]*", re.IGNORECASE)
_AT_THE_END = re.compile(
    rf"[\s,;-]+(?:and\s+)?(?:share(?:\s+(?:it|this|that))?{_WITH}|publicly)\s*(?:please|pls|plz)?$", re.IGNORECASE
)


def parted(question: str) -> tuple[str, bool]:
    """Return a question without the word that shares its answer, and whether there was one.

    The word alone is a question by itself.
    """
    for form in (_AT_THE_END, _AT_THE_BEGINNING):
        rest = form.sub("", question).strip()
        if rest != question.strip():
            return (rest, True) if rest else (question, False)
    return question, False


def shared(reply: Reply) -> Reply:
    """Return a reply as everybody in the channel sees it."""
    if reply.template in NEVER:
        return reply
    return replace(reply, facts={**reply.facts, "shared": True}, shared=True)


def offered(reply: Reply, question: str, channel: str) -> Reply:
    """Return a reply with a button that shares it, where it is worth it and there is somebody to share it with."""
    others = tuple(one for one in reply.suggestions if not one.question.endswith(" share"))
    alone = channel == "terminal" or channel.startswith(("D", "U"))
    if alone or reply.template not in WORTH:
        return replace(reply, suggestions=others)
    # A command that knows better what would be shared has the button already.
    own = next((one for one in reply.suggestions if one not in others), button(question))
    return replace(reply, suggestions=(*others, own))


def button(question: str) -> Suggestion:
    """Return the button that shares the answer to a question."""
    return Suggestion("Share with the channel", f"{question} share")
