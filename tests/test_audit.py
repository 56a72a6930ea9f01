"""The audit of what is installed: a known vulnerability fails it, and what was not looked up is never silent."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import LONGEST, ROOT, Ran

SCRIPT = ROOT / ".ci/audit"
VERSION = re.search(r"^VERSION=(\S+)$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)
HOLE = {"id": "PYSEC-2021-1", "fix_versions": ["3.1.7"], "aliases": [], "description": "x"}


def audited(tmp_path: Path, *found: dict[str, object], ends: int = 0, words: str = "") -> Ran:
    """Run the audit with a pip-audit that finds this."""
    assert VERSION
    program = tmp_path / "bin/pip-audit"
    program.parent.mkdir()
    answer = json.dumps({"dependencies": found}) if found else ""
    program.write_text(
        f"#!{sys.executable}\nimport sys\nif '--version' in sys.argv:\n    sys.exit(print('pip-audit {VERSION[1]}'))\n"
        f"print({answer!r})\nsys.stderr.write({words!r})\nsys.exit({ends})\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    given = {"PATH": os.environ["PATH"], "AUDIT": str(tmp_path), "PYTHON": sys.executable}
    return subprocess.run([SCRIPT], env=given, capture_output=True, text=True, timeout=LONGEST, check=False)


@pytest.mark.parametrize(
    ("found", "ends", "code", "said"),
    [
        (
            [{"name": "jinja2", "version": "3.1.6", "vulns": [HOLE]}],
            1,
            1,
            "jinja2 3.1.6: PYSEC-2021-1, mended in 3.1.7",
        ),
        ([{"name": "jinja2", "version": "3.1.6", "vulns": []}], 0, 0, "1 of "),
        ([{"name": "jinja2", "skip_reason": "not found on PyPI"}], 0, 0, "left out: nothing is known of jinja2"),
        ([], 1, 0, "left out: the advisories can't be had: no route to host"),
    ],
)
def test_a_known_vulnerability_fails_and_what_was_not_looked_up_is_said(
    tmp_path: Path, found: list[dict[str, object]], ends: int, code: int, said: str
) -> None:
    run = audited(tmp_path, *found, ends=ends, words="Traceback\nno route to host\n")
    assert (run.returncode, run.stderr) == (code, "")
    assert said in run.stdout
