"""Slack: messages out (`poster`), questions in (`app`, `socket`, `web`)."""
