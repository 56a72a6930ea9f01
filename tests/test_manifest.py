"""The manifest asks for what secbot uses, and Slack sends what secbot understands."""

from __future__ import annotations

import re

from bot.slack.checkup import SCOPES
from tests.running import ROOT

MANIFEST = (ROOT / "manifest.yaml").read_text(encoding="utf-8")


def listed(below: str) -> set[str]:
    """Return what is listed below a heading of the manifest."""
    found = re.search(rf"^( +){below}:\n((?:\1 .*\n)+)", MANIFEST, re.MULTILINE)
    assert found
    return set(re.findall(r"^ +- (\S+)", found[2], re.MULTILINE))


def test_the_scopes_that_the_doctor_looks_for_are_those_of_the_manifest() -> None:
    assert listed("bot") == SCOPES.keys()


def test_the_life_of_channels_is_told_to_secbot() -> None:
    ends = {f"{kind}_{what}" for kind in ("channel", "group") for what in ("archive", "unarchive", "left", "rename")}
    assert ends | {"channel_deleted", "member_joined_channel", "member_left_channel"} <= listed("bot_events")


def test_people_who_are_named_in_a_command_arrive_as_their_ids() -> None:
    assert "should_escape: true" in MANIFEST
