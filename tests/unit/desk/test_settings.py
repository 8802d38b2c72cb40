"""Settings come from the environment, in units people write, and never change while running."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from jawab.settings import Settings


def settings(monkeypatch, **environment):
    for name, value in environment.items():
        monkeypatch.setenv(f"JAWAB_{name}", value)
    return Settings(_env_file=None)


def test_the_default_is_one_machine_on_loopback(monkeypatch, tmp_path):
    found = settings(monkeypatch, ROOT=str(tmp_path))
    assert found.host == "127.0.0.1"
    assert found.var == tmp_path / "var"
    assert found.database_url == f"sqlite:///{tmp_path}/var/jawab.db"


@pytest.mark.parametrize(
    ("written", "meant"), [("2.5", 2.5), ("0", 0), ("PT3S", 3), ("P1D", 86400)]
)
def test_a_duration_is_written_in_seconds_or_in_iso_form(monkeypatch, written, meant):
    found = settings(monkeypatch, FIRST_DELAY=written)
    assert found.first_delay == timedelta(seconds=meant)


@pytest.mark.parametrize("written", ["soon", "-1", ""])
def test_a_duration_that_is_none_is_refused(monkeypatch, written):
    with pytest.raises(ValidationError):
        settings(monkeypatch, FIRST_DELAY=written)


def test_a_short_secret_is_refused_without_being_shown(monkeypatch):
    with pytest.raises(ValidationError) as refused:
        settings(monkeypatch, SECRET_KEY="hunter2")
    assert "hunter2" not in str(refused.value)


def test_a_secret_is_never_printed(monkeypatch):
    found = settings(monkeypatch, SECRET_KEY="s3cr3t" * 8, RASA_TOKEN="t0k3n")
    assert "s3cr3t" not in repr(found)
    assert "t0k3n" not in repr(found)


@pytest.mark.parametrize(
    ("alone", "missing"),
    [
        ({"SMTP_URL": "smtp://u:hunter2@m.example"}, "JAWAB_MAIL_FROM"),
        ({"WEBHOOK_URL": "https://crm.example/hook"}, "JAWAB_WEBHOOK_SECRET"),
    ],
)
def test_half_a_carrier_is_refused(monkeypatch, alone, missing):
    with pytest.raises(ValidationError, match=missing) as refused:
        settings(monkeypatch, **alone)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    ["http://crm.example/hook", "ftp://x", "crm", "https://", "http://8.8.8.8/", "javascript:1"],
)
def test_webhooks_go_where_nobody_reads_along(monkeypatch, url):
    with pytest.raises(ValidationError):
        settings(monkeypatch, WEBHOOK_URL=url, WEBHOOK_SECRET="s" * 16)


@pytest.mark.parametrize(
    "url",
    ["https://crm.example/hook", "http://127.0.0.1:9/x", "http://10.0.0.7/", "http://crm:80/"],
)
def test_webhooks_go_out_encrypted_or_stay_inside(monkeypatch, url):
    found = settings(monkeypatch, WEBHOOK_URL=url, WEBHOOK_SECRET="s" * 16)
    assert found.webhook_url == url


def test_settings_do_not_change(monkeypatch):
    with pytest.raises(ValidationError):
        settings(monkeypatch).port = 1


def test_every_setting_is_described():
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("365", (("", 365),)),
        ("365, souq=90", (("", 365), ("souq", 90))),
        ("souq=90", (("souq", 90),)),
    ],
)
def test_how_long_is_kept_is_written_in_days(monkeypatch, written, meant):
    assert settings(monkeypatch, RETENTION_DAYS=written).retention_days == meant


@pytest.mark.parametrize("written", ["0", "soon", "souq=", "365,=9", "1.5"])
def test_days_that_are_none_are_refused(monkeypatch, written):
    with pytest.raises(ValidationError, match="365,souq=90"):
        settings(monkeypatch, RETENTION_DAYS=written)
