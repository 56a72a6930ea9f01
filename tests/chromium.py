"""A browser that is on this machine already, driven over its own protocol: mouse, keys, and what the page shows.

No browser is ever downloaded; where there is none, what needs one is left out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from websocket import create_connection

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SECONDS = 20.0
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--mute-audio")
FIND = (
    "(css, text) => [...document.querySelectorAll(css)].filter(one => one.textContent.trim().startsWith(text)).at(-1)"
)
CENTRE = "one => (one.scrollIntoView({block: 'center'}), (r => [r.x + r.width / 2, r.y + r.height / 2])(one.getBoundingClientRect()))"
CHOOSE = """(css, text, choice) => {
  const select = [...document.querySelectorAll(css)].find(one => one.parentElement.textContent.startsWith(text));
  const option = select && [...select.options].find(one => one.textContent === choice);
  if (!option) return false;
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(select, option.value);
  select.dispatchEvent(new Event('change', {bubbles: true}));
  return true;
}"""


class Page:
    """A page in the browser."""

    def __init__(self, address: str) -> None:
        self._connection = create_connection(address, timeout=SECONDS, suppress_origin=True)
        self._calls = 0

    def close(self) -> None:
        self._connection.close()

    def _call(self, method: str, **how: Any) -> dict[str, Any]:
        self._calls += 1
        self._connection.send(json.dumps({"id": self._calls, "method": method, "params": how}))
        while True:
            said = json.loads(self._connection.recv())
            if said.get("id") == self._calls:
                assert "error" not in said, said
                return dict(said["result"])

    def _ask(self, script: str) -> Any:
        said = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def goes_to(self, url: str) -> None:
        self._call("Page.navigate", url=url)

    def reads(self) -> str:
        """All that the page shows."""
        return str(self._ask("document.body ? document.body.innerText : ''"))

    def waits_for(self, css: str, text: str = "") -> None:
        """Wait until there is such an element whose text begins so."""
        found = f"Boolean(({FIND})({json.dumps(css)}, {json.dumps(text)}))"
        deadline = time.monotonic() + SECONDS
        while not self._ask(found):
            assert time.monotonic() < deadline, f"no {css} {text!r} in:\n{self.reads()}"
            threading.Event().wait(0.02)

    def clicks(self, css: str, text: str = "") -> None:
        """Click the last element whose text begins so, with the mouse."""
        self.waits_for(css, text)
        x, y = self._place(f"({CENTRE})(({FIND})({json.dumps(css)}, {json.dumps(text)}))")
        for what in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=what, x=x, y=y, button="left", clickCount=1)

    def _place(self, measure: str) -> list[float]:
        """Return where an element is, once it stays there: what has just come may still push others about."""
        before: list[float] = []
        while (now := self._ask(measure)) != before:
            before = now
            threading.Event().wait(0.05)
        return before

    def types(self, css: str, text: str) -> None:
        """Type into a field, and press Enter."""
        self.clicks(css)
        self._call("Input.insertText", text=text)
        for what in ("keyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=what, key="Enter", code="Enter", windowsVirtualKeyCode=13)

    def chooses(self, label: str, choice: str) -> None:
        """Choose from the list below a label."""
        chosen = self._ask(f"({CHOOSE})('select', {json.dumps(label)}, {json.dumps(choice)})")
        assert chosen, f"no {choice!r} below {label!r} in:\n{self.reads()}"


@contextmanager
def browsing(folder: Path) -> Iterator[Page]:
    """Run the browser without a window, and end it."""
    profile = folder / "profile"
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        page = Page(_page(_port(profile / "DevToolsActivePort")))
        yield page
        page.close()
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def _port(file: Path) -> str:
    deadline = time.monotonic() + SECONDS
    while not file.exists() or not file.read_text():
        assert time.monotonic() < deadline, "the browser does not start"
        threading.Event().wait(0.02)
    return file.read_text().split("\n")[0]


def _page(port: str) -> str:
    found = httpx.get(f"http://127.0.0.1:{port}/json/list").json()
    return next(str(one["webSocketDebuggerUrl"]) for one in found if one["type"] == "page")
