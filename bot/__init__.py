"""secbot: change tracking for the GB Smart Energy Code, in Slack."""

__version__ = "0.1.0"
