"""A Slack to deliver to: `emulate` where it is installed, else one of our own, with the same calls; and how to look in.

Channels keep what they were sent, in its order, with its metadata: that is what is counted.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.local_slack import free_port

TOKEN = "xoxb-chaos"
LONGEST_START = 60.0
"""Seconds in which the emulator must answer."""


@dataclass
class Workspace:
    """A Slack that runs: where, what it is, and its channels by name."""

    url: str
    what: str
    channels: dict[str, str]

    def messages(self, name: str) -> list[Mapping[str, Any]]:
        """Return all messages of a channel, those in threads too, in the order in which they came."""
        channel = self.channels[name]
        with httpx.Client(base_url=self.url, headers={"authorization": f"Bearer {TOKEN}"}, timeout=60) as client:
            roots = list(_pages(client, "conversations.history", {"channel": channel}))
            threads = [
                list(_pages(client, "conversations.replies", {"channel": channel, "ts": root["ts"]}))
                for root in roots
                if root.get("reply_count") or root.get("thread_ts") == root["ts"]
            ]
        every = {one["ts"]: one for part in (roots, *threads) for one in part}
        return [every[ts] for ts in sorted(every, key=float)]

    def keys(self, name: str) -> list[str]:
        """Return the keys of a channel's messages, in the order in which they came."""
        metadata = [one.get("metadata") or {} for one in self.messages(name)]
        return [str((one.get("event_payload") or {}).get("key")) for one in metadata if one.get("event_payload")]


def _pages(client: httpx.Client, method: str, asked: dict[str, str]) -> Iterator[Mapping[str, Any]]:
    cursor = ""
    while True:
        more = {"limit": "200", "include_all_metadata": "true", **({"cursor": cursor} if cursor else {})}
        answer = client.post(f"/api/{method}", json={**asked, **more}).json()
        if not answer.get("ok"):
            raise RuntimeError(f"{method}: {answer}")
        yield from answer["messages"]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


@contextmanager
def workspace(names: list[str], folder: Path) -> Iterator[Workspace]:
    """Start a Slack with these channels, and end it."""
    emulate, node = os.environ.get("EMULATE", ""), os.environ.get("NODE", "") or shutil.which("node") or ""
    if emulate and node:
        with _emulate(node, emulate, names, folder) as found:
            yield found
    else:
        with _own(names) as found:
            yield found


# --- emulate -----------------------------------------------------------------------------------------------------------


@contextmanager
def _emulate(node: str, emulate: str, names: list[str], folder: Path) -> Iterator[Workspace]:
    port = free_port()
    scopes = ["chat:write", "channels:history", "channels:read", "groups:history", "im:history", "im:write"]
    seed = {
        "slack": {
            "strict_scopes": True,
            "channels": [{"name": name} for name in names],
            "tokens": [{"token": TOKEN, "user": "admin", "scopes": scopes}],
        }
    }
    file = folder / "emulate.config.json"
    file.write_text(json.dumps(seed), "utf-8")
    command = [node, emulate, "start", "--service", "slack", "--port", str(port), "--seed", str(file)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    url = f"http://127.0.0.1:{port}"
    try:
        yield Workspace(url, "emulate", _named(url, process))
    finally:
        process.terminate()
        process.wait(timeout=20)


def _named(url: str, process: subprocess.Popen[bytes]) -> dict[str, str]:
    """Return the emulator's channels by name, once it answers."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        try:
            asked = {"limit": "1000", "types": "public_channel"}
            head = {"authorization": f"Bearer {TOKEN}"}
            answer = httpx.post(f"{url}/api/conversations.list", data=asked, headers=head).json()
            return {one["name"]: one["id"] for one in answer["channels"]}
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"emulate does not answer (exit {process.poll()})")


# --- our own ------------------------------------------------------------------------------------------------------------


@dataclass
class _Kept:
    """What the channels hold."""

    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    count: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def call(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        """Answer a call of the Web API."""
        with self.lock:
            return getattr(self, method.replace(".", "_"), self.unknown)(given)

    def unknown(self, _given: dict[str, Any]) -> dict[str, Any]:
        return {"ok": False, "error": "unknown_method"}

    def auth_test(self, _given: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T0"}

    def chat_postMessage(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 - Slack's name
        if given["channel"] not in self.messages:
            return {"ok": False, "error": "channel_not_found"}
        self.count += 1
        ts = f"{int(time.time())}.{self.count:06d}"
        # What it says is not kept: in a soak this Slack shares the memory that is measured.
        kept = {name: given[name] for name in ("metadata", "thread_ts", "reply_broadcast") if name in given}
        self.messages[given["channel"]].append({**kept, "ts": ts})
        return {"ok": True, "ts": ts, "channel": given["channel"]}

    def chat_update(self, given: dict[str, Any]) -> dict[str, Any]:
        for one in self.messages.get(given["channel"], []):
            if one["ts"] == given["ts"]:
                return {"ok": True, "ts": given["ts"], "channel": given["channel"]}
        return {"ok": False, "error": "message_not_found"}

    def conversations_history(self, given: dict[str, Any]) -> dict[str, Any]:
        roots = [one for one in self.messages[given["channel"]] if not one.get("thread_ts") or one["reply_broadcast"]]
        threads = {one["thread_ts"] for one in self.messages[given["channel"]] if one.get("thread_ts")}
        counted = [{**one, "reply_count": 1} if one["ts"] in threads else one for one in roots]
        return self.page(counted[::-1], given)

    def conversations_replies(self, given: dict[str, Any]) -> dict[str, Any]:
        below = [one for one in self.messages[given["channel"]] if given["ts"] in (one["ts"], one.get("thread_ts"))]
        return self.page(below, given)

    def page(self, found: list[dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
        """Return a page of messages, as Slack parts them."""
        since = [one for one in found if float(one["ts"]) >= float(given.get("oldest") or 0)]
        begin, limit = int(given.get("cursor") or 0), int(given.get("limit") or 100)
        after = str(begin + limit) if begin + limit < len(since) else ""
        part = since[begin : begin + limit]
        return {"ok": True, "messages": part, "response_metadata": {"next_cursor": after}}


@contextmanager
def _own(names: list[str]) -> Iterator[Workspace]:
    kept = _Kept({f"C0{name.upper()}": [] for name in names})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            said = json.dumps(kept.call(self.path.rpartition("/")[2], given_to(self))).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: object) -> None: ...

    with serving(Handler) as url:
        yield Workspace(url, "a Slack of our own", {name: f"C0{name.upper()}" for name in names})


def given_to(handler: BaseHTTPRequestHandler) -> dict[str, Any]:
    """Return the arguments of a call of the Web API."""
    body = handler.rfile.read(int(handler.headers.get("content-length") or 0)).decode()
    if "json" in handler.headers.get("content-type", ""):
        return dict(json.loads(body or "{}"))
    return {name: values[0] for name, values in parse_qs(body).items()}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 100

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that break off: who is killed says no goodbye."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve on loopback with a handler; return where."""
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
