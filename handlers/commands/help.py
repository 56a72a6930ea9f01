"""help [topic]: all that you can ask, or more about a topic"""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.asking import Ask, Reply, Suggestion
from handlers.commands import registry, words

GROUP = "settings"
ORDER = 99
ALIASES = ("?", "commands", "command", "usage", "how", "halp", "manual", "options", "menu", "hilfe")
GROUPS = (
    ("ask", "Ask"),
    ("follow", "Follow"),
    ("settings", "Digest and settings"),
    ("proof", "Proof"),
)
TOPICS = {
    "ids": "ids id identifiers identifier numbers naming names spelling typing",
    "dates": "dates date days working countdown countdowns day time times",
    "following": "following filters filter only except weight weighty instant delivery rules rule notifications alerts",
    "threads": "threads thread cards card flat replies layout",
    "people": "dm dms me private personal direct messages person home people",
    "trust": "trust proof evidence accuracy facts sources where data how-it-works",
}
"""Topics that are no command, each with the words that people use for it; the words of each are a template."""
LIKELY = 75


def run(ask: Ask) -> Reply:
    """Answer with all commands, or with one command or topic."""
    word = ask.words.casefold().removeprefix("with ").removeprefix("on ").removeprefix("about ").removeprefix("/sec ")
    joined = (word, word.replace(" ", ""), word.replace(" ", "-"))
    word = next((one for one in joined if one in _topics() or one in words()), word)
    if word in _topics() and word not in registry():
        return Reply(f"help/{_topics()[word]}", {}, _all())
    if command := words().get(word):
        one = registry()[command]
        examples = getattr(one.module, "EXAMPLES", ())
        return Reply("help_topic", {"command": one, "examples": examples}, _all())
    groups = [(name, [one for one in registry().values() if one.group == group]) for group, name in GROUPS]
    return Reply("help", {"groups": groups, "topic": ask.words, "topics": list(TOPICS)}, (*_near(word), *_first()))


def _topics() -> dict[str, str]:
    return {word: topic for topic, said in TOPICS.items() for word in said.split()}


def _near(word: str) -> tuple[Suggestion, ...]:
    """Return the commands and topics that are called like a word."""
    if not word:
        return ()
    known = {*_topics(), *words()}
    found = process.extract(word, sorted(known), scorer=fuzz.ratio, limit=4, score_cutoff=LIKELY)
    return tuple(Suggestion(f"Help on {one}", f"help {one}") for one, _, _ in found)


def _all() -> tuple[Suggestion, ...]:
    return (Suggestion("All help", "help"),)


def _first() -> tuple[Suggestion, ...]:
    return (
        Suggestion("What comes next", "next"),
        Suggestion("What changed", "since"),
        Suggestion("Follow something", "subscribe"),
        Suggestion("Glossary", "define"),
    )
