"""Settings: each is checked before anything is touched, and what is wrong is said with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsError, load, masked


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://x", "sqlite:///secbot.db"),
        ("SLACK_BOT_TOKEN", "xapp-1", "xoxb-"),
        ("SLACK_APP_TOKEN", "xoxb-1", "xapp-"),
        ("SLACK_API_URL", "slack.com", "URL such as"),
        ("SECBOT_CHANNEL", "#general", "channel's id"),
        ("SECBOT_OPS_CHANNEL", "general", "channel's id"),
        ("SECBOT_SOURCES", "/nowhere.toml", "not a file"),
        ("SECBOT_TIMEZONE", "London", "Europe/London"),
        ("SECBOT_TIMEZONE", "../etc/passwd", "Europe/London"),
        ("SECBOT_DIGEST_AT", "8.30am", "08:30"),
        ("SECBOT_DIGEST_AT", "24:00", "08:30"),
        ("SECBOT_AS_OF", "today", "2021-11-05"),
        ("PORT", "http", "65535"),
        ("PORT", "0", "65535"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError, match=name) as raised:
        load({name: value})
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_nothing_set_is_enough() -> None:
    settings = load({})
    assert settings.database_url == "sqlite:///secbot.db"
    assert (settings.channel, settings.has_slack) == ("terminal", False)


def test_heroku_s_postgres_url_is_understood_and_its_dying_disk_refused() -> None:
    assert load({"DATABASE_URL": "postgres://u:p@h/d"}).database_url == "postgresql+psycopg://u:p@h/d"
    with pytest.raises(SettingsError, match="dyno"):
        load({"DYNO": "worker.1"})


def test_a_dotenv_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / ".env"
    file.write_text("SECBOT_CHANNEL=C0FILE\nPORT=4000\n", encoding="utf-8")
    monkeypatch.setenv("SECBOT_CHANNEL", "C0ENV")
    settings = load(dotenv=file)
    assert (settings.channel, settings.port) == ("C0ENV", 4000)


def test_secrets_are_masked() -> None:
    settings = load({"SLACK_BOT_TOKEN": "xoxb-very-secret", "DATABASE_URL": "postgres://bot:hunter2@h/d"})
    assert "secret" not in repr(settings)
    assert "hunter2" not in repr(settings)
    assert masked("SLACK_BOT_TOKEN", "xoxb-very-secret") == "xoxb-•••"
    assert masked("DATABASE_URL", "postgres://bot:hunter2@h/d") == "postgres://bot:•••@h/d"


def test_an_env_file_in_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("SECBOT_CHANNEL=C0123456789".encode("utf-16"))
    with pytest.raises(SettingsError, match="save it as UTF-8"):
        load(None, file)
