"""What `secbot doctor` looks at around secbot: the variables, this machine's disk and port, the heartbeat's address."""

from __future__ import annotations

import difflib
import platform
import re
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot import heartbeat
from bot.finding import Finding, hint, ok, wrong
from bot.settings import SECRETS, VARIABLES, Settings, masked, overridden, strangers

MOUNTS = Path("/proc/mounts")
"""Which file systems there are, on Linux; elsewhere nothing is said of them."""
FAR = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "ceph", "glusterfs"}
)
"""File systems over a network, on which SQLite's locks do not hold: https://www.sqlite.org/howtocorrupt.html"""
FLEETING = frozenset({"tmpfs", "ramfs", "overlay"})
"""File systems that end with the machine, or with its container."""
LEAST_FREE, LITTLE_FREE = 100_000_000, 1_000_000_000
"""Bytes: with less it is about to fail, with less it is worth a look."""


def python() -> Finding:
    """Tell which Python runs; one that is too old does not get so far (`bot/__init__.py`)."""
    return ok("Python", platform.python_version())


def variables() -> Iterator[Finding]:
    """Look for variables that mean nothing, and for those that stand in `.env` and do nothing."""
    for name in strangers():
        near = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.8)
        if near:
            yield wrong(name, f"means nothing to secbot; is {near[0]} meant?")
        else:
            yield hint(name, "means nothing to secbot")
    for name, (here, there) in overridden().items():
        shown = f"{masked(name, here)}, and in .env {masked(name, there)}"
        finding = wrong if name in SECRETS else hint  # another database or workspace; the rest may well be meant
        yield finding(name, f"is set twice, in the environment {shown}: the environment's counts; take one away")


def setup(settings: Settings) -> Iterator[Finding]:
    """Look at settings that can be used and are seldom meant."""
    if settings.as_of and settings.has_slack:
        yield wrong("SECBOT_AS_OF", f"the clock stands still at {settings.as_of}: take it away, it is for trials")
    if settings.signing_secret and not re.fullmatch(r"[0-9a-f]{32}", settings.signing_secret):
        yield hint("SLACK_SIGNING_SECRET", "is not 32 hexadecimal digits, as Slack's are: copy it again")
    if settings.has_slack and settings.channel and settings.channel == settings.ops_channel:
        yield hint("SECBOT_OPS_CHANNEL", "is where alerts go, so trouble with pages is told among them; name another")
    if settings.heartbeat_url:
        said = heartbeat.ask(settings.heartbeat_url)
        mend = "copy it again, and look whether this machine may ask it"
        yield wrong("heartbeat", f"{said}: {mend}") if said else ok("heartbeat", "is heard")


# --- the disk --------------------------------------------------------------------------------------------------------


def disk(file: Path) -> Iterator[Finding]:
    """Look at the disk of an SQLite database."""
    folder = file.absolute().parent
    if not folder.is_dir():
        return
    kind = file_system(folder.resolve(), MOUNTS.read_text(encoding="utf-8") if MOUNTS.is_file() else "")
    if kind in FAR:
        yield wrong("disk", f"{folder} is on a network ({kind}), where SQLite breaks: use a local disk, or PostgreSQL")
    elif kind in FLEETING:
        yield hint("disk", f"{folder} may end with its container ({kind}): put the database on a volume")
    free = shutil.disk_usage(folder).free
    words = f"{free / 1_000_000_000:.1f} GB free for {file.name}"
    if free < LEAST_FREE:
        yield wrong("disk", f"{words}: free some space; until then nothing can be kept")
    else:
        yield hint("disk", f"{words}: free some space in time") if free < LITTLE_FREE else ok("disk", words)


def unwritable(folder: Path) -> str:
    """Return why no file can be made in a folder, empty where one can: what it may says less than trying."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def file_system(folder: Path, mounts: str) -> str:
    """Return the kind of file system that a folder is on, by what /proc/mounts says; empty where it says nothing."""
    found, longest = "", -1
    for line in mounts.splitlines():
        _, place, kind, *_ = [*line.split(" "), "", ""]
        at = Path(place.replace("\\040", " "))
        if (at == folder or at in folder.parents) and len(at.parts) >= longest:
            found, longest = kind, len(at.parts)
    return found


# --- the port --------------------------------------------------------------------------------------------------------


def port(settings: Settings) -> Iterator[Finding]:
    """Look whether the port is free, where it will be served."""
    if not (settings.port_given or settings.signing_secret):
        return
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("0.0.0.0", settings.port))  # noqa: S104  (as the server does)
        except PermissionError:
            yield wrong("PORT", f"{settings.port} may not be served by this user: set PORT to one from 1024 on")
        except OSError:
            yield taken(settings.port)
        else:
            yield ok("PORT", f"{settings.port} is free")


def taken(number: int) -> Finding:
    """Tell whether it is secbot that has a port."""
    import httpx

    try:
        answer = httpx.get(f"http://127.0.0.1:{number}/healthz", timeout=2, trust_env=False)
        ours = answer.status_code == 200 and answer.text == "ok\n"
    except httpx.HTTPError:
        ours = False
    if ours:
        return ok("PORT", f"{number} is answered by a secbot that runs")
    return wrong("PORT", f"{number} is taken by another program: set PORT to a free one")
