"""What `secbot doctor` asks of Slack: who we are, what we may do, whether the channels of the settings can be told.

Nothing is changed and nothing posted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.finding import Finding, hint, ok, wrong
from bot.settings import Settings
from bot.slack.errors import BELOW_SLACK
from bot.slack.identity import asking, who_am_i
from bot.slack.standing import standing

SCOPES: Mapping[str, str] = {
    "commands": "nothing of /sec works",
    "chat:write": "no alert, digest or answer is sent",
    "app_mentions:read": "a mention is not answered",
    "im:history": "a direct message is not answered",
    "im:write": "people get no alerts and digests of their own, and don't hear that a channel paused",
    "channels:read": "that a public channel is archived, left or back is noticed late, when something is sent",
    "groups:read": "that a private channel is archived, left or back is noticed late, when something is sent",
    "channels:history": "a message whose answer was lost can't be looked for in a public channel",
    "groups:history": "a message whose answer was lost can't be looked for in a private channel",
}
"""The scopes of manifest.yaml, each with what does not work without it."""

FURTHEST_APART = 60.0
"""Seconds between this machine's clock and Slack's: of the 300 that a signature is good for."""

_INSTALL = "install the app again (OAuth & Permissions, Install to Workspace) and copy the new Bot User OAuth Token"
MEND_TOKEN: Mapping[str, str] = {
    "token_revoked": _INSTALL,
    "account_inactive": _INSTALL,
    "token_expired": f"switch token rotation off, then {_INSTALL}",
    "not_allowed_token_type": "this is no bot token: copy the one that begins with xoxb-",
}

REINSTALL = "paste manifest.yaml again (api.slack.com/apps, App Manifest), then Reinstall to Workspace"

CANNOT_TELL: Mapping[str, str] = {
    "archived": "is archived: take it out of the archive and invite secbot, or name another",
    "left": "has no secbot in it: /invite @secbot there",
    "unreachable": "is not known, or private and without secbot: look at its id (About, at the end), /invite @secbot",
}


def checkup(settings: Settings) -> Iterator[Finding]:
    """Yield what is so in Slack, and where it is wrong what to do."""
    base_url = settings.api_url or None
    try:
        me = who_am_i(settings.bot_token, base_url)
    except SlackApiError as error:
        said = error.response.get("error", "no reason given")
        mend = MEND_TOKEN.get(str(said), "copy the Bot User OAuth Token again")
        yield wrong("Slack", f"the token was not accepted ({said}): {mend}")
        return
    except BELOW_SLACK as error:
        yield wrong("Slack", f"Slack can't be reached ({type(error).__name__}): is this machine online?")
        return
    yield ok("Slack", f"{me.user} in {me.team}")
    if me.slack_time:
        yield clocks(datetime.now(UTC), me.slack_time)
    yield from scopes(me.scopes)
    client = asking(settings.bot_token, base_url)
    yield from channels(client, settings)
    if settings.app_token:
        yield socket_mode(client, settings.app_token)
    yield hint(
        "Home, events",
        "Slack tells no token which are on; where Home stays empty, or archiving a channel pauses nothing, "
        + REINSTALL,
    )


def clocks(ours: datetime, slacks: datetime) -> Finding:
    """Hold this machine's clock against Slack's: requests are refused that are signed at another time."""
    apart = (ours - slacks).total_seconds()
    if abs(apart) <= FURTHEST_APART:
        return ok("clock", "goes with Slack's")
    which = "ahead of" if apart > 0 else "behind"
    mend = "switch on time synchronisation (NTP)"
    return wrong("clock", f"{abs(apart):.0f} seconds {which} Slack's, so signed requests count as stale: {mend}")


def scopes(granted: frozenset[str]) -> Iterator[Finding]:
    """Hold the token's scopes against those of the manifest."""
    if not granted:
        yield hint("scopes", "Slack does not say which the token has")
        return
    missing = {scope: without for scope, without in SCOPES.items() if scope not in granted}
    for scope, without in missing.items():
        yield wrong(f"scope {scope}", f"missing, so {without}: {REINSTALL}")
    if not missing:
        yield ok("scopes", f"all {len(SCOPES)} of the manifest")
    if more := sorted(granted - SCOPES.keys()):
        yield hint("scopes", f"more than secbot needs: {', '.join(more)}; to take them away, {REINSTALL}")


def channels(client: WebClient, settings: Settings) -> Iterator[Finding]:
    """Look whether secbot is in the channels of the settings."""
    named: dict[str, list[str]] = {}
    for variable, channel in (("SECBOT_CHANNEL", settings.channel), ("SECBOT_OPS_CHANNEL", settings.ops_channel)):
        if channel:
            named.setdefault(channel, []).append(variable)
    for channel, variables in named.items():
        stands, what = standing(client, channel), " and ".join(variables)
        if stands and stands.reason:
            yield wrong(what, f"{f'#{stands.name}' if stands.name else channel} {CANNOT_TELL[stands.reason]}")
        elif stands:
            yield ok(what, f"#{stands.name or channel} has secbot in it")


def socket_mode(client: WebClient, app_token: str) -> Finding:
    """Look whether Slack would open a connection for the app-level token."""
    try:
        client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        said = error.response.get("error", "no reason given")
        mend = "generate one with connections:write under Basic Information, App-Level Tokens"
        return wrong("Socket Mode", f"the app-level token was not accepted ({said}): {mend}")
    except BELOW_SLACK as error:
        return wrong("Socket Mode", f"Slack can't be reached ({type(error).__name__}): is this machine online?")
    return ok("Socket Mode", "the app-level token is accepted")
