"""Killing the process between any two steps and starting again loses no alert and sends none twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SOME = 4
"""Of the steps after which a kill leaves other files, `make test` kills at one in so many, and `make thorough` at each."""

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.fault(1)
@pytest.mark.parametrize("share", [SOME, pytest.param(1, marks=pytest.mark.thorough)])
def test_a_kill_at_any_step_loses_nothing_and_doubles_nothing(tmp_path: Path, share: int) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.crash", str(tmp_path), "100", str(share)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    result = json.loads(run.stdout)
    assert result["wrong"] == {}
    assert result["kills"] >= (20 if share == 1 else 10)
    assert result["steps"] >= 200
