"""How secbot stands in a channel, as Slack says now: events about it come late, twice, or in another order."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.errors import BELOW_SLACK


@dataclass(frozen=True, slots=True)
class Standing:
    """`reason`: why a channel can't be told, one of `bot.domain.channel.PAUSES`; empty: it can.

    `name`: the channel's, empty where Slack does not give it.
    """

    reason: str = ""
    name: str = ""


def standing(client: WebClient, channel: str) -> Standing | None:
    """Return how secbot stands in a channel; None where Slack does not say."""
    try:
        found = client.conversations_info(channel=channel).get("channel")
    except SlackApiError as error:
        return Standing("unreachable") if error.response.get("error") == "channel_not_found" else None
    except BELOW_SLACK:
        return None
    if not isinstance(found, dict):
        return None
    left = "" if found.get("is_member", True) else "left"
    return Standing("archived" if found.get("is_archived") else left, str(found.get("name") or ""))
