"""digest: what the next daily digest of this channel would say so far, and when it comes"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.asking import Ask, Reply, Suggestion
from bot.pipeline.answers import digest

GROUP = "settings"
ORDER = 63
ALIASES = ("today", "daily", "summary")


def run(ask: Ask) -> Reply:
    """Answer with the digest as it stands."""
    local = ask.now.astimezone(ask.zone)
    today = local.date()
    due = datetime.combine(today, ask.digest_at, ask.zone)
    facts = digest.facts(ask.store, ask.channel, today, due - timedelta(days=1), ask.default_channel)
    comes = due if local < due and not facts["sent_today"] else due + timedelta(days=1)
    late = not facts["sent_today"] and local >= due and bool(facts["follows"])
    if not facts["follows"]:
        return Reply("digest_none", {"digest_at": f"{ask.digest_at:%H:%M}"}, (_follow(),))
    return Reply(
        "digest", {**facts, "comes": comes.isoformat(), "late": late}, (Suggestion("What comes next", "next"),)
    )


def _follow() -> Suggestion:
    return Suggestion("Follow everything", "subscribe everything")
