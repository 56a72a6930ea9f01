"""The command line as tests run it: within this process, or as a process of its own where that is what is tested."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import pytest

from bot.cli import main

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 600
"""Seconds after which a process hangs, on however slow a machine."""
Ran = subprocess.CompletedProcess[str]


def secbot(*words: str, cwd: Path, **environment: str) -> Ran:
    """Run the command line in a folder: what it printed, and the exit code with which its process would have ended."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["secbot", *words])
        with mock.patch.dict(os.environ, surroundings(cwd, environment), clear=True):
            code = exit_code_of_main()
    return Ran(["secbot", *words], code, out.getvalue(), err.getvalue())


def exit_code_of_main() -> int:
    """Run the command line; return its exit code."""
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def surroundings(cwd: Path, environment: dict[str, str]) -> dict[str, str]:
    """Return the variables that a run has: no setting of whoever runs the tests is among them."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(cwd), **environment}


def as_process(*words: str, cwd: Path, **environment: str) -> Ran:
    """Run the command line in a folder, as a process of its own in which any warning is an error."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "bot", *words],
        cwd=cwd,
        env=surroundings(cwd, environment),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
