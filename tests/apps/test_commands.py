"""`jawab channel …` as an owner types it, against apps on loopback."""

import stat

import pytest
from typer.testing import CliRunner

from jawab.channels import accounts
from jawab.cli import app as jawab

from .conftest import TOKEN


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("JAWAB_VAR", str(tmp_path))
    runner = CliRunner()
    return lambda *words, given="": runner.invoke(jawab, ["channel", *words], input=given)


def test_an_account_is_added_checked_and_listed(app, run, tmp_path):
    added = run(
        *("add", app.name, "--shop", "digikala", "--base-url", app.server.url),
        *("--public", "https://desk.example", "--secrets-stdin"),
        given=f"{TOKEN}\n",
    )
    assert added.exit_code == 0, added.output
    assert "@jawab_bot" in added.output
    hook = app.server.bot(TOKEN).webhook
    assert hook["url"].startswith(f"https://desk.example/channels/digikala-{app.name}")
    path = tmp_path / "channels.yml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    secret = accounts.read(path)[f"digikala-{app.name}"]["secret"]
    assert secret in (hook["secret"], hook["url"].rsplit("/", 1)[1])
    assert TOKEN not in added.output
    assert secret not in added.output
    assert "webhook" in run("list").output
    assert "@jawab_bot" in run("check").output


def test_without_a_public_address_it_is_polled(app, run):
    added = run(
        *("add", app.name, "--shop", "digikala", "--base-url", app.server.url, "--secrets-stdin"),
        given=f"{TOKEN}\n",
    )
    assert added.exit_code == 0, added.output
    assert "poll" in run("list").output
    assert app.server.bot(TOKEN).webhook == {}


def test_a_wrong_token_adds_nothing(app, run, tmp_path):
    added = run(
        *("add", app.name, "--shop", "digikala", "--base-url", app.server.url, "--secrets-stdin"),
        given="1:wrong\n",
    )
    assert added.exit_code == 1
    assert "the token is wrong" in added.output
    assert not (tmp_path / "channels.yml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "icq", "--shop", "digikala"), "choose one of"),
        (("add", "telegram", "--shop", "nowhere", "--secrets-stdin"), "shop: is one of"),
        (("check",), "no account"),
    ],
    ids=["app", "shop", "none"],
)
def test_what_is_wrong_is_said(run, words, said):
    result = run(*words, given="1:x\n")
    assert result.exit_code == 1
    assert said in result.output


def test_no_secret_is_asked_for_a_shop_that_is_not_there(run):
    refused = run("add", "telegram", "--shop", "nowhere")
    assert "shop: is one of" in refused.output
    assert "token" not in refused.output


def test_where_there_is_no_account_the_list_tells_how_to_add_one(run):
    assert "jawab channel add" in run("list").output


def test_a_file_that_others_may_read_is_refused(run, tmp_path):
    path = tmp_path / "channels.yml"
    path.write_text("accounts: {}\n")
    path.chmod(0o644)
    result = run("list")
    assert result.exit_code == 1
    assert "chmod 600" in result.output


def test_a_desk_does_not_start_with_an_account_without_its_secret(start_desk, tmp_path):
    path = tmp_path / "channels.yml"
    accounts.write(path, {"x": {"app": "telegram", "shop": "digikala", "token": "1:x"}})
    with pytest.raises(accounts.ChannelError, match="no secret is set"):
        start_desk(channels_file=path)


def test_a_secret_may_stand_in_the_environment(tmp_path):
    path = tmp_path / "channels.yml"
    accounts.write(
        path, {"x": {"app": "telegram", "shop": "s", "token": "${T_TOKEN}", "secret": "s"}}
    )
    (account,) = accounts.load(path, shops=["s"], environment={"T_TOKEN": "1:x"})
    assert account.secret("token") == "1:x"
    assert "1:x" not in repr(account)
    with pytest.raises(accounts.ChannelError, match="T_TOKEN is not set"):
        accounts.load(path, shops=["s"], environment={})
