"""Which pages are watched, and how often. The folder is the registry: each file in it offers
`sources(today: date) -> Iterable[Source]`; to watch something new, add a file.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.domain.identifiers import release_name
from bot.ports import Source
from watchers.recognisers import kinds as known_kinds

SITE = "https://smartenergycodecompany.co.uk"
MOST_OFTEN = 15
"""Minutes between two reads of a page, at least; a page of this very machine may be read every minute."""
_KEYS = {"name", "url", "kind", "every"}


class SourcesError(ValueError):
    """The file of sources can't be used; the message names the entry and what to mend."""


def built_in(today: date) -> list[Source]:
    """Return the sources that secbot knows by itself, by name."""
    found: list[Source] = []
    for module in pkgutil.iter_modules(__path__):
        found += importlib.import_module(f"{__name__}.{module.name}").sources(today)
    return sorted(found, key=lambda source: source.name)


def from_file(path: Path) -> list[Source]:
    """Return the sources of a TOML file: `[[source]]` with `name`, `url`, `kind` and `every` (minutes).

    Raises:
        SourcesError: the file can't be read, or an entry of it is wrong.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourcesError(
            f"{path} can't be read: {error.strerror}. Set SECBOT_SOURCES to a file that exists."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path} is not TOML: {error}.") from error
    entries = given.get("source")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise SourcesError(
            f"{path} names no source. Begin each with a line [[source]], then name, url, kind and every."
        )
    if unknown := set(given) - {"source"}:
        raise SourcesError(f"{path} has “{min(unknown)}”, which means nothing. Each source begins with [[source]].")
    sources = [_source(entry, f"source {n} of {path}") for n, entry in enumerate(entries, 1)]
    _check_unique(sources, path)
    return sources


def hosts(sources: Iterable[Source]) -> list[str]:
    """Return the hosts of sources, with their ports where named, as entries for an allow-list."""
    return sorted({urlsplit(source.url).netloc.lower() for source in sources})


def release_source(key: str, base_url: str) -> Source:
    """Return the source for a release's page, by the release's key ("2021-11"), on the site of `base_url`."""
    month, _, year = release_name(key).lower().partition(" ")
    parts = urlsplit(base_url)
    return Source(
        name=f"{month}-{year}-sec-release",
        url=f"{parts.scheme}://{parts.netloc}/{month}-{year}-sec-release/",
        kind="release-page",
        every=60,
        origin="discovered",
        expected=True,
    )


def _source(entry: Mapping[str, Any], where: str) -> Source:
    name = entry.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"\S(?:.{0,78}\S)?", name):
        raise SourcesError(f'{where} needs a name of up to 80 characters: name = "november-2021-sec-release".')
    where = f"{where} (“{name}”)"
    if unknown := set(entry) - _KEYS:
        raise SourcesError(
            f"{where} has “{min(unknown)}”, which means nothing. It may have {', '.join(sorted(_KEYS))}."
        )
    url = _url(entry.get("url"), where)
    kind = entry.get("kind", "auto")
    kinds = ("auto", *known_kinds())
    if kind not in kinds:
        raise SourcesError(f"{where}: kind is “{kind}”; it must be one of {', '.join(kinds)}.")
    return Source(name, url, kind, _every(entry.get("every", 60), url, where), origin="settings")


def _url(given: object, where: str) -> str:
    if given is None:
        raise SourcesError(f'{where} needs a url: url = "https://example.org/page/".')
    try:
        parts = urlsplit(given) if isinstance(given, str) else None
        good = parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, good = None, False
    if not good or parts is None:
        raise SourcesError(
            f"{where}: url is “{given}”; it must be a whole address that begins with https:// or http://."
        )
    if parts.username or parts.password:
        raise SourcesError(f"{where}: url must not hold a user name or password.")
    return parts.geturl()


def _every(given: object, url: str, where: str) -> int:
    least = 1 if urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost") else MOST_OFTEN
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= 7 * 24 * 60:
        raise SourcesError(f"{where}: every is “{given}”; it must be whole minutes, from {least} to {7 * 24 * 60}.")
    return given


def _check_unique(sources: list[Source], path: Path) -> None:
    names = [source.name for source in sources]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SourcesError(f"{path} has two sources named “{twice}”. Give each a name of its own.")
