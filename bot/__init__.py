"""secbot: change tracking for the GB Smart Energy Code, in Slack."""

import sys

__version__ = "0.1.0"

if sys.version_info < (3, 11):  # noqa: UP036  (pip says so too; who runs a checkout with another Python hears it here)
    sys.exit(f"secbot needs Python 3.11 or later; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")
