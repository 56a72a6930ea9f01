"""What `secbot doctor` looks at: each finding says what is so, and where it is wrong what to do."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from bot import surroundings
from bot.finding import Finding, hint, ok, wrong
from bot.pipeline.poll import some_of
from bot.ports import Request, Source, StoreError
from bot.settings import VARIABLES, Settings, SettingsError, load, masked, values

RESEND = "`secbot deliver --failed` sends them again"


def examine() -> Iterator[Finding]:
    """Yield a finding for each thing that can be wrong."""
    yield surroundings.python()
    yield from surroundings.variables()
    given = values()
    for name, (default, meaning) in VARIABLES.items():
        shown = masked(name, given[name]) or "not set"
        yield ok(name, f"{shown}{' (default)' if given[name] == default and default else ''} — {meaning}")
    try:
        settings = load()
    except SettingsError as error:
        yield wrong("settings", str(error))
        return
    yield from surroundings.setup(settings)
    yield from surroundings.port(settings)
    yield from database(settings)
    yield from sources(settings)
    yield from slack(settings)


def database(settings: Settings) -> Iterator[Finding]:
    """Open the database and write nothing."""
    import storage

    try:
        if file := storage.file_of(settings.database_url):
            yield from surroundings.disk(file)
            if file.absolute().parent.is_dir() and not file.exists():
                if why := surroundings.unwritable(file.absolute().parent):
                    yield wrong("database", f"{file} can't be made: {why}; name another place in DATABASE_URL")
                    return
                yield ok("database", f"{file} is not there yet: `secbot run` makes it")
                return
        storage.check_writable(settings.database_url)
        with storage.open_store(settings.database_url, create=False) as store:
            state, watches = store.outbox(), store.watches()
            paused = [one for one in store.channels() if one.paused]
        yield ok("database", f"{len(watches)} sources, {state.sent} messages sent, {state.queued} wait")
        if state.failed:
            yield wrong(
                "outbox", f"{state.failed} messages failed: {'; '.join(state.failures)}; mend it, then {RESEND}"
            )
        for one in paused:
            said = f"{one.id}{f' (#{one.name})' if one.name else ''} is told nothing: {one.paused}"
            if one.id == settings.channel:
                yield wrong("paused", f"{said}; bring it back, or name another one in SECBOT_CHANNEL")
            else:
                yield hint("paused", said)
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
    yield from robots(settings, found)
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


def robots(settings: Settings, sources: Sequence[Source]) -> Iterator[Finding]:
    """Ask each site whether its robots.txt lets secbot have the pages."""
    from bot.app import web
    from bot.clock import clock

    asks = web(settings, sources, clock(None, settings.zone))
    sites: dict[str, list[Source]] = {}
    for one in sources:
        parts = urlsplit(one.url)
        sites.setdefault(f"{parts.scheme}://{parts.netloc.lower()}", []).append(one)
    list(asks([Request("robots.txt", f"{site}/robots.txt") for site in sites]))
    for site, listed in sites.items():
        rules = asks.robots.known(site)
        if rules is None or rules.trouble:
            said = rules.trouble.detail if rules and rules.trouble else "It gave no answer."
            yield hint(f"site {site}", f"{said} It is tried again at each poll")
        elif shut := [one.name for one in listed if not asks.robots.allows(rules, one.url)]:
            yield wrong(
                f"site {site}", f"its robots.txt asks not to read {some_of(shut)}: ask its keepers, or leave it"
            )
        else:
            yield ok(f"site {site}", "its robots.txt lets secbot read")


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
    from bot.slack.checkup import checkup

    yield from checkup(settings)
