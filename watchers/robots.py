"""What a site's robots.txt asks of us, kept for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from bot.ports import Clock, Fetched, Page, Trouble

KEPT = timedelta(hours=24)
RETRIED = timedelta(minutes=10)
"""How long a robots.txt that could not be read is not asked for again."""
LARGEST_GAP = 30.0
"""Seconds of Crawl-delay that are honoured; a longer one is taken for this."""
_LARGEST = 500_000


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site. `trouble`: they could not be read, so nothing may be asked for the time being."""

    until: datetime
    parsed: Protego | None = None
    trouble: Trouble | None = None
    gap: float = 0.0


class Robots:
    """The rules of all sites, for one user agent."""

    def __init__(self, user_agent: str, clock: Clock) -> None:
        """Keep to the rules for the product that `user_agent` begins with ("secbot" of "secbot/1.0 (+…)")."""
        self._product = user_agent.partition("/")[0].strip()
        self._clock = clock
        self._known: dict[str, Rules] = {}

    def known(self, site: str) -> Rules | None:
        """Return a site's rules where they are known and not too old; `site` is "https://example.org"."""
        rules = self._known.get(site)
        return rules if rules and self._clock() < rules.until else None

    def learn(self, site: str, answer: Fetched, status: int) -> Rules:
        """Take in what the site answered to /robots.txt. Any 4xx but 429 means that there are no rules (RFC 9309)."""
        now = self._clock()
        if isinstance(answer, Page):
            parsed = Protego.parse(answer.body[:_LARGEST].decode("utf-8", "replace"))
            gap = min(max(float(parsed.crawl_delay(self._product) or 0.0), 0.0), LARGEST_GAP)
            rules = Rules(now + KEPT, parsed, gap=gap)
        elif 400 <= status < 500 and status != 429:
            rules = Rules(now + KEPT)
        else:
            rules = Rules(now + RETRIED, trouble=_unread(site, answer))
        self._known[site] = rules
        return rules

    def allows(self, rules: Rules, url: str) -> bool:
        """Whether the rules let us have the page."""
        return rules.trouble is None and (rules.parsed is None or rules.parsed.can_fetch(url, self._product))


def _unread(site: str, answer: Fetched) -> Trouble:
    """Return the trouble of a site whose rules can't be read: its pages are left alone until they can."""
    if not isinstance(answer, Trouble):
        return Trouble(
            "http", f"{site}/robots.txt gave no rules, so its pages are left alone for now.", answer.fetched_at
        )
    detail = f"{site}/robots.txt could not be read, so its pages are left alone for now. {answer.detail}"
    return Trouble(answer.kind, detail, answer.fetched_at, answer.retry_after)
