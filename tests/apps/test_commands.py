"""`jawab channel …` as an owner types it, against every app on loopback, and what a desk does not start with."""

import stat

import pytest
from typer.testing import CliRunner

from jawab.channels import accounts
from jawab.channels.apps import APPS
from jawab.cli import app as jawab

from ..fakes.proxy import FakeProxy
from ..unit.desk.running import Running, eventually
from .apps import POLLED, only

SECRETS = [(name, secret) for name, app in APPS.items() for secret in app.secrets]
NOWHERE = "http://app.invalid"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("JAWAB_VAR", str(tmp_path))
    runner = CliRunner()
    return lambda *words, given="": runner.invoke(jawab, ["channel", *words], input=given)


@pytest.fixture
def add(run):
    """Add an account of this app: `add(app, "--public", …)`."""

    def typed(app, *more, base_url=None, secrets=None, options=None):
        given = app.typed if secrets is None else secrets
        options = app.options if options is None else options
        return run(
            *("add", app.name, "--shop", "digikala", "--base-url", base_url or app.server.url),
            *(part for option in options for part in ("--option", option)),
            *("--secrets-stdin", *more),
            given="".join(f"{secret}\n" for secret in given),
        )

    return typed


def test_an_account_is_added_checked_and_listed(app, run, add, tmp_path):
    added = add(app, "--public", "https://desk.example")
    assert added.exit_code == 0, added.output
    assert app.who in added.output
    name = f"digikala-{app.name}"
    assert app.told().startswith(f"https://desk.example/channels/{name}")
    path = tmp_path / "channels.yml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = accounts.read(path)[name]
    for secret in APPS[app.name].secrets:
        assert written[secret]
        assert written[secret] not in added.output
    assert "webhook" in run("list").output
    checked = run("check", name)
    assert checked.exit_code == 0, checked.output
    assert app.who in checked.output


def test_the_secrets_we_make_cannot_be_guessed_and_are_never_the_same(app, add, tmp_path):
    for name in ("one", "two"):
        added = add(app, "--public", "https://desk.example", "--name", name)
        assert added.exit_code == 0, added.output
    written = accounts.read(tmp_path / "channels.yml")
    for secret in APPS[app.name].made:
        made = [written[name][secret] for name in ("one", "two")]
        assert made[0] != made[1]
        assert all(len(each) == 64 for each in made)


@only(*POLLED)
def test_without_a_public_address_it_is_polled(app, run, add):
    added = add(app)
    assert added.exit_code == 0, added.output
    assert "poll" in run("list").output
    assert app.told() == ""


@only("whatsapp")
def test_what_cannot_be_polled_needs_a_public_address(app, add, tmp_path):
    added = add(app)
    assert added.exit_code == 1
    assert "--public" in added.output
    assert not (tmp_path / "channels.yml").exists()


def test_a_wrong_token_adds_nothing(app, add, tmp_path):
    added = add(app, "--public", "https://desk.example", secrets=("1:wrong", *app.typed[1:]))
    assert added.exit_code == 1
    assert "token" in added.output
    assert not (tmp_path / "channels.yml").exists()


def test_a_secret_that_is_left_empty_adds_nothing(app, add, tmp_path):
    added = add(app, "--public", "https://desk.example", secrets=("",))
    assert added.exit_code == 1
    assert "no token is set" in added.output
    assert not (tmp_path / "channels.yml").exists()


@only("whatsapp")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "phone_id"),
        (("phone_id=+98 21",), "phone_id"),
        (("phone_id=1", "colour=red"), "colour: is nothing"),
    ],
    ids=["none", "the number itself", "unknown"],
)
def test_an_option_that_is_missing_or_wrong_is_named(app, add, options, said):
    added = add(app, "--public", "https://desk.example", options=options)
    assert added.exit_code == 1
    assert said in added.output


def test_an_account_that_is_there_already_is_left_alone(app, add, tmp_path):
    assert add(app, "--public", "https://desk.example").exit_code == 0
    before = (tmp_path / "channels.yml").read_text("utf-8")
    again = add(app, "--public", "https://desk.example")
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert (tmp_path / "channels.yml").read_text("utf-8") == before


def test_an_account_whose_app_is_away_fails_its_check_in_words(app, run, add):
    with Running(app.server.app) as gone:
        assert add(app, "--public", "https://desk.example", base_url=gone.url).exit_code == 0
    checked = run("check")
    assert checked.exit_code == 1
    assert "network" in checked.output
    assert "1 of 1 accounts cannot be used" in checked.output


# Its own address and proxy


def test_each_account_has_its_own_proxy_and_address(app, add, serve, tmp_path):
    """Only the proxy knows the way to the account's address; what is added goes that way, and so does what is said."""
    proxy = FakeProxy(app.server.url)
    with Running(proxy.app) as server:
        added = add(app, "--public", "https://d.example", "--proxy", server.url, base_url=NOWHERE)
        assert added.exit_code == 0, added.output
        written = accounts.read(tmp_path / "channels.yml")[f"digikala-{app.name}"]
        assert (written["base_url"], written["proxy"]) == (NOWHERE, server.url)
        assert set(proxy.hosts) == {"app.invalid"}
        proxy.hosts.clear()
        desk = serve(app, base_url=NOWHERE, proxy=server.url)
        sara = app.customer()
        sara.say("سلام")
        eventually(lambda: sara.texts == ["پاسخ: سلام"])
        assert set(proxy.hosts) == {"app.invalid"}
        desk.stop()


def test_without_its_proxy_that_address_is_nowhere(app, add):
    added = add(app, "--public", "https://d.example", base_url=NOWHERE)
    assert added.exit_code == 1
    assert "base_url, proxy and the network" in added.output


def test_a_proxy_that_is_none_is_told(app, add):
    added = add(app, "--public", "https://d.example", "--proxy", "icq://x")
    assert added.exit_code == 1
    assert "proxy" in added.output


def test_the_environments_proxy_is_not_taken(app, add, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert add(app, "--public", "https://d.example").exit_code == 0


# What is wrong is said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "icq", "--shop", "digikala"), "choose one of"),
        (("add", "telegram", "--shop", "nowhere", "--secrets-stdin"), "shop: is one of"),
        (("check",), "no account"),
        (("check", "nobody"), "no such account"),
    ],
    ids=["app", "shop", "none", "another"],
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


# Secrets


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602], ids=oct)
def test_a_file_that_others_may_touch_is_not_read(tmp_path, mode):
    path = tmp_path / "channels.yml"
    path.write_text("accounts: {}\n")
    path.chmod(mode)
    with pytest.raises(accounts.ChannelError, match="chmod 600"):
        accounts.load(path, shops=["digikala"])


@pytest.mark.parametrize("words", [("list",), ("check",)], ids=["list", "check"])
def test_commands_refuse_a_file_that_others_may_touch(run, tmp_path, words):
    path = tmp_path / "channels.yml"
    path.write_text("accounts: {}\n")
    path.chmod(0o640)
    result = run(*words)
    assert result.exit_code == 1
    assert "chmod 600" in result.output


@only("telegram")
def test_nothing_is_added_to_a_file_that_others_may_read(app, add, tmp_path):
    path = tmp_path / "channels.yml"
    path.write_text("accounts: {}\n")
    path.chmod(0o644)
    added = add(app, "--public", "https://desk.example")
    assert added.exit_code == 1
    assert "chmod 600" in added.output
    assert path.read_text("utf-8") == "accounts: {}\n"


def test_a_desk_does_not_start_with_a_file_that_others_may_read(start_desk, tmp_path):
    path = tmp_path / "channels.yml"
    accounts.write(path, {})
    path.chmod(0o640)
    with pytest.raises(accounts.ChannelError, match="chmod 600"):
        start_desk(channels_file=path)


@pytest.mark.parametrize(("app_name", "missing"), SECRETS, ids="-".join)
def test_a_desk_does_not_start_with_an_account_without_one_of_its_secrets(
    start_desk, tmp_path, app_name, missing
):
    path = tmp_path / "channels.yml"
    given = {secret: "1:x" for secret in APPS[app_name].secrets if secret != missing}
    accounts.write(path, {"x": {"app": app_name, "shop": "digikala", **given}})
    with pytest.raises(accounts.ChannelError, match=f"no {missing} is set"):
        start_desk(channels_file=path)


@pytest.mark.parametrize(("app_name", "secret"), SECRETS, ids="-".join)
def test_every_secret_may_stand_in_the_environment(tmp_path, app_name, secret):
    path = tmp_path / "channels.yml"
    given = {each: "4242:x" for each in APPS[app_name].secrets} | {secret: "${T_SECRET}"}
    accounts.write(path, {"x": {"app": app_name, "shop": "s", **given}})
    (account,) = accounts.load(path, shops=["s"], environment={"T_SECRET": "unseen"})
    assert account.secret(secret) == "unseen"
    assert "unseen" not in repr(account)
    with pytest.raises(accounts.ChannelError, match="T_SECRET is not set"):
        accounts.load(path, shops=["s"], environment={})
