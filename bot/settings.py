"""Settings: the one place where the environment is read.

Every variable is in the table `VARIABLES`; `secbot doctor` prints it. What is wrong is said in one sentence with what
to do (`SettingsError`), before anything is touched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.logs import FORMS
from bot.masking import passwords_of, without_password, without_secret

SECRETS = frozenset(
    {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "DATABASE_URL", "SECBOT_HEARTBEAT_URL"}
)
VARIABLES: dict[str, tuple[str, str]] = {
    "DATABASE_URL": ("sqlite:///secbot.db", "SQLite or PostgreSQL"),
    "SLACK_BOT_TOKEN": ("", "bot token, xoxb-…; without one alerts print in the terminal"),
    "SLACK_SIGNING_SECRET": ("", "HTTP mode: every request is verified with it"),
    "SLACK_APP_TOKEN": ("", "Socket Mode, xapp-…"),
    "SLACK_API_URL": ("", "another base URL of the Web API"),
    "SECBOT_CHANNEL": ("", "channel id for alerts until channels subscribe themselves"),
    "SECBOT_OPS_CHANNEL": ("", "where trouble is told; else SECBOT_CHANNEL"),
    "SECBOT_SOURCES": ("", "a TOML file of sources, instead of the built-in ones"),
    "SECBOT_ALLOW_HOSTS": ("", "hosts that may be fetched, comma-separated; else the sources' own"),
    "SECBOT_CONTACT": ("", "how a site's keeper reaches you, an e-mail or URL, in the User-Agent"),
    "SECBOT_TIMEZONE": ("Europe/London", "for digests and countdowns"),
    "SECBOT_DIGEST_AT": ("08:30", "local time of the daily digest"),
    "SECBOT_AS_OF": ("", "a fixed date for now, for trials"),
    "SECBOT_LOG": ("text", "the log's lines: text for people, json for machines"),
    "SECBOT_HEARTBEAT_URL": (
        "",
        "asked once a minute while all goes well: a dead man's switch",
    ),
    "PORT": ("3000", "HTTP: /slack/events, /healthz, /readyz, /metrics"),
}


class SettingsError(Exception):
    """A setting is wrong or missing; the message says which and what to do."""


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """All settings, checked.

    Its repr masks secrets.
    """

    database_url: str
    bot_token: str
    signing_secret: str
    app_token: str
    api_url: str
    channel: str
    ops_channel: str
    sources: Path | None
    allow_hosts: tuple[str, ...]
    contact: str
    zone: ZoneInfo
    digest_at: time
    as_of: date | None
    port: int
    port_given: bool = False
    hosted: bool = False
    log: str = "text"
    heartbeat_url: str = ""

    def __repr__(self) -> str:
        """Return the settings without their secrets."""
        return f"Settings(channel={self.channel!r}, zone={self.zone.key!r}, slack={'on' if self.bot_token else 'off'})"

    @property
    def has_slack(self) -> bool:
        """Whether messages go to Slack rather than to the terminal."""
        return bool(self.bot_token)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be seen, each as it may turn up in an error's words."""
        given = (self.bot_token, self.app_token, self.signing_secret, self.heartbeat_url)
        return tuple(dict.fromkeys(one for one in (*given, *passwords_of(self.database_url)) if one))


def load(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """Return the settings of an environment, by default the process's own with `.env` below it.

    Raises:
        SettingsError: one of them can't be used.
    """
    given, found = values(environment, dotenv), variables(environment, dotenv)
    check_token("SLACK_BOT_TOKEN", given["SLACK_BOT_TOKEN"], "xoxb-", "OAuth & Permissions")
    check_token("SLACK_APP_TOKEN", given["SLACK_APP_TOKEN"], "xapp-", "Basic Information, App-Level Tokens")
    check_spelling("SLACK_SIGNING_SECRET", given["SLACK_SIGNING_SECRET"], "Basic Information, App Credentials")
    hosted = "DYNO" in (os.environ if environment is None else environment)
    settings = Settings(
        database_url=database(given["DATABASE_URL"], hosted=hosted),
        bot_token=given["SLACK_BOT_TOKEN"],
        signing_secret=given["SLACK_SIGNING_SECRET"],
        app_token=given["SLACK_APP_TOKEN"],
        api_url=api_url(given["SLACK_API_URL"]),
        channel=channel("SECBOT_CHANNEL", given["SECBOT_CHANNEL"]),
        ops_channel=channel("SECBOT_OPS_CHANNEL", given["SECBOT_OPS_CHANNEL"] or given["SECBOT_CHANNEL"]),
        sources=existing_file(given["SECBOT_SOURCES"]),
        allow_hosts=tuple(host.strip() for host in given["SECBOT_ALLOW_HOSTS"].split(",") if host.strip()),
        contact=given["SECBOT_CONTACT"],
        zone=zone(given["SECBOT_TIMEZONE"]),
        digest_at=clock_time(given["SECBOT_DIGEST_AT"]),
        as_of=fixed_date(given["SECBOT_AS_OF"]),
        port=port(given["PORT"]),
        port_given=bool(found.get("PORT", "").strip()),
        hosted=hosted,
        log=log_form(given["SECBOT_LOG"]),
        heartbeat_url=heartbeat_url(given["SECBOT_HEARTBEAT_URL"]),
    )
    if settings.has_slack:
        return settings
    # In a terminal there is one place to print to; it needs no id.
    return settings if settings.channel else _in_terminal(settings)


def for_a_trial() -> Settings:
    """Return settings that take nothing from the environment but the time zone: a trial never speaks to Slack."""
    return load({name: os.environ[name] for name in ("SECBOT_TIMEZONE",) if name in os.environ})


def takes_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and nobody asked for none."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _in_terminal(settings: Settings) -> Settings:
    return replace(settings, channel="terminal", ops_channel=settings.ops_channel or "terminal")


def values(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> dict[str, str]:
    """Return each variable's text: the environment's, else that of `.env`, else the default."""
    found = variables(environment, dotenv)
    return {name: found.get(name, "").strip() or default for name, (default, _) in VARIABLES.items()}


def variables(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Mapping[str, str]:
    """Return what is set: a given environment alone, else the process's own over that of `.env`."""
    return {**_written(dotenv), **os.environ} if environment is None else environment


def _written(dotenv: Path | None) -> dict[str, str]:
    """Return what stands in `.env`.

    Raises:
        SettingsError: it is no text in UTF-8.
    """
    from dotenv import dotenv_values

    file = dotenv or Path(".env")
    try:
        written = dotenv_values(file) if file.is_file() else {}
    except UnicodeDecodeError:
        raise SettingsError(f"{file} is not in UTF-8; save it as UTF-8.") from None
    return {name: value for name, value in written.items() if value is not None}


def overridden(dotenv: Path | None = None) -> dict[str, tuple[str, str]]:
    """Return the variables that are set twice and differently, each as in the environment and as in `.env`."""
    written, given = _written(dotenv), os.environ
    twice = [name for name in VARIABLES if name in written and name in given]
    return {name: (given[name], written[name]) for name in twice if given[name].strip() != written[name].strip()}


def strangers(dotenv: Path | None = None) -> list[str]:
    """Return the variables that look like secbot's and are not."""
    ours = re.compile(r"SECBOT_\w+|SLACK_\w*(?:TOK|SECR|SIGN|API_U)\w*|DATABASE_UR\w+")
    return sorted(name for name in {*_written(dotenv), *os.environ} - VARIABLES.keys() if ours.fullmatch(name))


def secret_values() -> list[str]:
    """Return the secrets that are set, whether they can be used or not; of the database's URL its passwords."""
    given = values()
    return [given[name] for name in SECRETS - {"DATABASE_URL"}] + passwords_of(given["DATABASE_URL"])


def masked(name: str, value: str) -> str:
    """Return a value as it may be shown."""
    if name not in SECRETS or not value:
        return value
    return without_password(value) if name == "DATABASE_URL" else without_secret(value)


def database(url: str, *, hosted: bool) -> str:
    """Return a database's URL as SQLAlchemy takes it."""
    if url.startswith("sqlite:"):
        if hosted:
            raise SettingsError(
                "DATABASE_URL is SQLite, and a dyno's disk dies with the dyno: add a PostgreSQL database and set "
                "DATABASE_URL to its URL."
            )
        return url
    if url.startswith(("postgres://", "postgresql://", "postgresql+psycopg://")):
        return re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql+psycopg://", url)
    raise SettingsError(
        f"DATABASE_URL is {masked('DATABASE_URL', url)!r}; it should begin with sqlite:/// (for instance "
        "sqlite:///secbot.db) or postgresql://."
    )


def check_token(name: str, value: str, prefix: str, where: str) -> None:
    """Refuse a token of another kind: mixing up the two is the commonest slip."""
    check_spelling(name, value, where)
    if value and not value.startswith(prefix):
        other = next((f", and holds {kind}" for start, kind in _KINDS_OF_TOKEN.items() if value.startswith(start)), "")
        raise SettingsError(f"{name} should begin with {prefix}{other}; copy it from your app's settings: {where}.")


_KINDS_OF_TOKEN = {
    "xoxb-": "a bot token (that is SLACK_BOT_TOKEN)",
    "xapp-": "an app-level token (that is SLACK_APP_TOKEN)",
    "xoxp-": "a person's token",
    "xoxe": "a token that expires; switch token rotation off",
}


def check_spelling(name: str, value: str, where: str) -> None:
    """Refuse a secret with what only slips in when it is copied: a quote, a space, an ellipsis."""
    if odd := re.search(r"[^!-~]|['\"`,;<>]", value):
        shown = {" ": "a space", "\n": "a line break", "\t": "a tab"}.get(odd[0], odd[0])
        raise SettingsError(f"{name} has {shown} in it, which no such secret has; copy it again: {where}.")


def channel(name: str, value: str) -> str:
    """Return a channel's id; names change and are not taken."""
    if value and not re.fullmatch(r"[CDG][A-Z0-9]{2,}|terminal", value):
        raise SettingsError(
            f"{name} is {value!r}; give the channel's id, such as C0123456789 (in Slack: the channel's name, About, at "
            "the end)."
        )
    return value


def api_url(value: str) -> str:
    """Return a base URL that ends with a slash."""
    if value and not value.startswith(("http://", "https://")):
        raise SettingsError(f"SLACK_API_URL is {value!r}; it should be a URL such as https://slack-gov.com/api/.")
    return value and value.rstrip("/") + "/"


def heartbeat_url(value: str) -> str:
    """Return the address of the dead man's switch. It is not shown: it is a secret."""
    if value and not re.fullmatch(r"https?://[\w.-]+(:\d+)?([/?]\S*)?", value):
        raise SettingsError("SECBOT_HEARTBEAT_URL should be a URL that begins with https:// (or http://).")
    return value


def log_form(value: str) -> str:
    """Return how the log is written."""
    if value not in FORMS:
        raise SettingsError(f"SECBOT_LOG is {value!r}; give {' or '.join(FORMS)}.")
    return value


def existing_file(value: str) -> Path | None:
    """Return the file of sources."""
    if value and not Path(value).is_file():
        raise SettingsError(f"SECBOT_SOURCES names {value!r}, which is not a file; the README shows one.")
    return Path(value) if value else None


def zone(name: str) -> ZoneInfo:
    """Return a time zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(f"SECBOT_TIMEZONE is {name!r}; give a zone such as Europe/London.") from error


def clock_time(value: str) -> time:
    """Return a local time of day."""
    match = re.fullmatch(r"(\d{1,2}):(\d\d)", value)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise SettingsError(f"SECBOT_DIGEST_AT is {value!r}; give a time of day such as 08:30.")
    return time(int(match[1]), int(match[2]))


def fixed_date(value: str) -> date | None:
    """Return the date that stands for today."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise SettingsError(f"SECBOT_AS_OF is {value!r}; give a date such as 2021-11-05.") from error


def port(value: str) -> int:
    """Return the port of the HTTP server."""
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 0 < int(value) < 65536:
        raise SettingsError(f"PORT is {value!r}; give a number from 1 to 65535.")
    return int(value)
