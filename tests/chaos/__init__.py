"""`make chaos`: what secbot promises, held against kills, lost answers and stopped machines. Loopback only."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def in_folder(run: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    """Run in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="secbot-chaos-") as made:
        folder = Path(made)
        folder.chmod(0o755)  # PostgreSQL runs as another user where we are root
        return run(folder)
