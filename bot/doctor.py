"""What `secbot doctor` looks at: each finding says what is so, and where it is wrong what to do."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from bot.pipeline.poll import some_of
from bot.ports import StoreError
from bot.settings import VARIABLES, Settings, SettingsError, load, masked, values


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    mark: Literal["ok", "hint", "WRONG"]
    what: str
    detail: str

    @property
    def good(self) -> bool:
        """Whether secbot works all the same."""
        return self.mark != "WRONG"


def ok(what: str, detail: str) -> Finding:
    """Return that something is as it should be."""
    return Finding("ok", what, detail)


def hint(what: str, detail: str) -> Finding:
    """Return that something works and could be better, and how."""
    return Finding("hint", what, detail)


def wrong(what: str, detail: str) -> Finding:
    """Return that something is wrong, and what to do."""
    return Finding("WRONG", what, detail)


SCOPES = {
    "commands": "/sec",
    "chat:write": "alerts and digests",
    "channels:history": "looking for a message that may have been sent",
    "app_mentions:read": "answering mentions",
}


RESEND = "`secbot deliver --failed` sends them again"


def examine() -> Iterator[Finding]:
    """Yield a finding for each thing that can be wrong."""
    given = values()
    for name, (default, meaning) in VARIABLES.items():
        shown = masked(name, given[name]) or "not set"
        yield ok(name, f"{shown}{' (default)' if given[name] == default and default else ''} — {meaning}")
    try:
        settings = load()
    except SettingsError as error:
        yield wrong("settings", str(error))
        return
    yield from database(settings)
    yield from sources(settings)
    yield from slack(settings)


def database(settings: Settings) -> Iterator[Finding]:
    """Open the database and write nothing."""
    import storage

    try:
        with storage.open_store(settings.database_url) as store:
            state, watches = store.outbox(), store.watches()
        yield ok("database", f"{len(watches)} sources, {state.sent} messages sent, {state.queued} wait")
        if state.failed:
            yield wrong(
                "outbox", f"{state.failed} messages failed: {'; '.join(state.failures)}; mend it, then {RESEND}"
            )
        reasons: dict[str, list[str]] = {}
        for watch in watches:
            if watch.health in ("doubtful", "failing"):
                reasons.setdefault(watch.reason, []).append(watch.source.name)
        for reason, names in reasons.items():
            yield wrong("pages", f"{some_of(names)}: {reason}")
    except StoreError as error:
        yield wrong("database", str(error))


def sources(settings: Settings) -> Iterator[Finding]:
    """Look at the list of sources, and whether their hosts can be found."""
    from bot.app import configured_sources
    from bot.clock import clock
    from watchers.sources import SourcesError

    try:
        found = configured_sources(settings, clock(settings.as_of, settings.zone))
    except SourcesError as error:
        yield wrong("sources", str(error))
        return
    yield ok("sources", f"{len(found)} of {settings.sources or 'the built-in list'}")
    for host in sorted({urlsplit(one.url).hostname or "" for one in found}):
        try:
            socket.getaddrinfo(host, 443)
            yield ok(f"host {host}", "found")
        except OSError:
            yield wrong(f"host {host}", "not found: is this machine online, and may it ask for this host?")
    if not settings.contact:
        yield hint(
            "contact",
            "SECBOT_CONTACT is not set; set it so that the site's keepers can write to you about the bot",
        )


def slack(settings: Settings) -> Iterator[Finding]:
    """Ask Slack who we are and what we may do."""
    if not settings.has_slack:
        if settings.app_token or settings.signing_secret:
            yield wrong("Slack", "SLACK_BOT_TOKEN is not set, so the other settings of Slack do nothing: set it too")
        else:
            yield ok("Slack", "no SLACK_BOT_TOKEN: messages print in the terminal")
        return
    if not settings.app_token and not settings.signing_secret:
        yield wrong("Slack", "/sec is not answered: set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)")
    if not settings.channel:
        yield hint("Slack", "SECBOT_CHANNEL is not set: alerts go only to channels that /sec subscribe")
    if not settings.ops_channel:
        yield wrong("Slack", "SECBOT_OPS_CHANNEL is not set: nobody would hear of trouble with sources")
    from slack_sdk.errors import SlackApiError

    from bot.slack.identity import who_am_i

    try:
        team, user, scopes = who_am_i(settings.bot_token, settings.api_url or None)
    except SlackApiError as error:
        said = error.response.get("error", "no reason given")
        yield wrong("Slack", f"the token was not accepted ({said}): copy the Bot User OAuth Token again")
        return
    except Exception as error:  # noqa: BLE001 - whatever keeps us from Slack is the finding
        yield wrong("Slack", f"Slack can't be reached ({type(error).__name__}): is this machine online?")
        return
    yield ok("Slack", f"{user} in {team}")
    for scope, reason in SCOPES.items():
        if scopes and scope not in scopes:
            yield wrong(f"scope {scope}", f"missing ({reason}): add it under OAuth & Permissions, then reinstall")
