"""A flood is told to wait, in its own language, while everybody else is served."""

import httpx
import pytest
from limits import parse

from jawab.desk.gate_words import GATE_WORDS
from jawab.settings import Settings
from jawab.support.agents.agent import NewAgent
from jawab.text.language import Lang

from .colleague import PASSWORD
from .running import eventually

OPEN = "/api/v1/conversations"
FEW = {"requests_per_address": "5/hour"}


def come(desk, method, path, address, **content):
    """A request that a trusted proxy passed on."""
    headers = {"X-Forwarded-For": address, **content.pop("headers", {})}
    return desk.http.request(method, path, headers=headers, **content)


def statuses(desk, path, address, times, **content):
    return [come(desk, "GET", path, address, **content).status_code for _ in range(times)]


def test_a_flood_from_one_address_shuts_out_nobody_else(start_desk):
    desk = start_desk(**FEW)
    assert statuses(desk, "/faq/souq", "192.0.2.1", 7) == [200] * 5 + [429] * 2
    assert come(desk, "GET", "/faq/souq", "192.0.2.2").status_code == 200


@pytest.mark.parametrize("lang", list(Lang), ids=lambda lang: lang.value)
def test_the_refusal_says_in_the_shoppers_language_how_long_to_wait(start_desk, lang):
    desk = start_desk(requests_per_address="1/hour")
    language = {"Accept-Language": lang.value}
    come(desk, "GET", "/faq/souq", "192.0.2.1")
    refused = come(desk, "GET", "/faq/souq", "192.0.2.1", headers=language)
    assert refused.status_code == 429
    assert refused.headers["content-language"] == lang.value
    seconds = refused.headers["retry-after"]
    assert 3000 < int(seconds) <= 3601
    error = refused.json()["error"]
    assert error["code"] == "too_many_requests"
    assert error["message"] == GATE_WORDS["too_many_requests"][lang].format(seconds=seconds)


def test_every_word_of_the_gate_is_there_in_three_languages():
    assert all(texts.get(lang) for texts in GATE_WORDS.values() for lang in Lang)


def test_shoppers_agents_and_apps_of_one_address_are_counted_apart(start_desk):
    desk = start_desk(**FEW)
    assert statuses(desk, "/faq/souq", "192.0.2.1", 6)[-1] == 429
    assert statuses(desk, "/desk/sign-in", "192.0.2.1", 6)[:5] == [200] * 5
    # No such account: past the gate, and refused there.
    assert set(statuses(desk, "/channels/none", "192.0.2.1", 20)) == {403}


def test_an_app_has_a_limit_of_its_own(start_desk):
    desk = start_desk(updates_per_address="3/hour")
    assert statuses(desk, "/channels/none", "192.0.2.1", 4) == [403] * 3 + [429]


def test_what_is_alive_and_what_lies_ready_is_not_counted(start_desk):
    desk = start_desk(requests_per_address="1/hour")
    for path in ("/healthz", "/widget.js", "/static/chat/chat.css"):
        assert 429 not in statuses(desk, path, "192.0.2.1", 4)


def test_addresses_below_one_ipv6_network_count_as_one(start_desk):
    desk = start_desk(**FEW)
    for last in range(5):
        come(desk, "GET", "/faq/souq", f"2001:db8::{last + 1}")
    assert come(desk, "GET", "/faq/souq", "2001:db8::ffff").status_code == 429
    assert come(desk, "GET", "/faq/souq", "2001:db8:0:1::1").status_code == 200


def test_who_begins_conversations_without_end_is_stopped_before_the_database(start_desk):
    desk = start_desk(conversations_per_address="2/hour")
    begun = [
        come(desk, "POST", OPEN, "192.0.2.1", json={"shop": "souq"}).status_code for _ in range(3)
    ]
    assert begun == [201, 201, 429]
    assert come(desk, "POST", OPEN, "192.0.2.2", json={"shop": "souq"}).status_code == 201


def test_a_conversation_that_floods_waits_and_the_others_do_not(start_desk):
    desk = start_desk(requests_per_conversation="4/2 seconds")
    flooding, quiet = desk.begin("souq", lang="ar"), desk.begin("souq", lang="ar")
    found = [flooding.send("x", client_id=f"f{number}") for number in range(6)]
    refused = [response for response in found if response.status_code == 429]
    assert refused
    assert refused[0].json()["error"]["message"].startswith("وصلتنا منكم")
    assert quiet.send("x").status_code == 202
    again = eventually(lambda: (got := flooding.send("x", client_id="f5")).is_success and got)
    assert again.status_code == 202, "the same message is taken when the time is over"


def test_nobody_without_its_token_can_use_up_a_conversations_share(start_desk):
    desk = start_desk(requests_per_conversation="2/hour")
    chat = desk.begin("souq")
    other = desk.begin("souq").headers
    for headers in (other, {"Authorization": "Bearer forged"}, {}) * 3:
        assert desk.http.get(f"{chat.path}/messages", headers=headers).status_code in (401, 403)
    assert desk.http.get(f"{chat.path}/messages", headers=chat.headers).status_code == 200


def test_a_shop_that_is_flooded_leaves_the_other_shop_alone(start_desk):
    desk = start_desk(messages_per_shop="3/hour")
    chat = desk.begin("souq")
    assert [chat.send("x").status_code for _ in range(3)] == [202, 202, 429]
    assert desk.http.post(OPEN, json={"shop": "souq"}).status_code == 429
    assert desk.begin("digikala").send("x").status_code == 202


def test_sign_ins_are_fewer_than_other_requests(start_desk):
    desk = start_desk(sign_ins_per_address="2/hour", sign_in_attempts=50)
    desk.services.agents.add(NewAgent("sara", "Sara"), PASSWORD, now=desk.services.clock())
    tried = [
        come(desk, "POST", "/api/v1/agent/session", "192.0.2.1", json={"login": f"{n}", "password": "x"})
        for n in range(3)
    ]  # fmt: skip
    assert [response.status_code for response in tried] == [401, 401, 429]
    signing_in = {"login": "sara", "password": PASSWORD}
    elsewhere = come(desk, "POST", "/api/v1/agent/session", "192.0.2.2", json=signing_in)
    assert elsewhere.status_code == 201


def test_an_address_is_believed_from_a_trusted_proxy_alone(start_desk):
    desk = start_desk(**FEW, trusted_proxies=("198.51.100.0/24",))
    addresses = [f"192.0.2.{number}" for number in range(7)]
    found = [come(desk, "GET", "/faq/souq", address).status_code for address in addresses]
    assert found == [200] * 5 + [429] * 2, "all come from this machine, whatever they say"


def test_what_a_shopper_says_before_the_proxy_is_not_believed(start_desk):
    desk = start_desk(**FEW)
    found = [
        come(desk, "GET", "/faq/souq", f"203.0.113.{number}, 192.0.2.1").status_code
        for number in range(7)
    ]
    assert found == [200] * 5 + [429] * 2, "the last address is the one the proxy has seen"


def test_a_page_of_a_shop_may_read_how_long_to_wait(start_desk):
    desk = start_desk(requests_per_address="1/hour", allowed_origins=("https://shop.example",))
    origin = {"Origin": "https://shop.example"}
    for _ in range(2):
        refused = desk.http.get("/api/v1/shops/souq", headers=origin)
    assert refused.status_code == 429
    assert refused.headers["access-control-allow-origin"] == "https://shop.example"
    assert "Retry-After" in refused.headers["access-control-expose-headers"]


@pytest.mark.parametrize("rate", ["", "many", "10", "10/fortnight", "-1/minute", "0/minute"])
def test_a_rate_that_is_none_is_refused(rate):
    with pytest.raises(ValueError, match="120/minute"):
        Settings(_env_file=None, requests_per_address=rate)


def test_every_rate_of_the_settings_is_one_the_library_reads():
    found = Settings(_env_file=None)
    rates = {name: value for name, value in found if "_per_" in name and isinstance(value, str)}
    assert len(rates) == 6
    assert all(parse(rate).amount > 0 for rate in rates.values())


def test_a_proxy_that_is_no_address_is_refused():
    with pytest.raises(ValueError, match="commas between"):
        Settings(_env_file=None, trusted_proxies="everybody")


def test_over_an_untrusted_proxy_nothing_is_taken_for_https(start_desk):
    desk = start_desk(trusted_proxies=())
    desk.services.agents.add(NewAgent("sara", "Sara"), PASSWORD, now=desk.services.clock())
    with httpx.Client(base_url=desk.url, trust_env=False) as browser:
        signed = browser.post(
            "/api/v1/agent/session",
            json={"login": "sara", "password": PASSWORD, "cookie": True},
            headers={"X-Jawab-Desk": "1", "X-Forwarded-Proto": "https"},
        )
    assert "secure" not in signed.headers["set-cookie"].lower()
