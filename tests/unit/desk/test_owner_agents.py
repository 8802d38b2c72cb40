"""The page of agents' accounts: the owner does, a lead looks, nobody else comes near."""

import re

import pytest

from jawab.desk.owner.agents_words import AGENTS_WORDS
from jawab.support.agents.agent import Role
from jawab.support.agents.audit import Deed
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

from .owner import Visitor

PAGE = "/desk/agents?lang=en"
PASSWORD = "صندلی-سبز-پنجره"
MADE = re.compile(r'<code dir="ltr">([^<]+)</code>')


@pytest.fixture
def owner(start_desk):
    return Visitor(start_desk())


def one(owner, agent_id):
    return f"/desk/agents/{agent_id}?lang=en"


def send(owner, agent_id, status=303, **fields):
    token = {"form_token": owner.token(PAGE)}
    response = owner.desk.http.post(
        one(owner, agent_id), data={**token, **fields}, headers=owner.cookies
    )
    assert response.status_code == status, response.text
    return response.text


def may_sign_in(owner, login, password):
    body = {"login": login, "password": password}
    return owner.desk.http.post("/api/v1/agent/session", json=body).status_code == 201


def test_an_agent_is_added_with_what_is_chosen(owner):
    page = owner.send(
        PAGE, login="ali", name=" علی  رضایی", role="lead", shops=["souq", "no-such"],
        queues="sellers", languages=["ar", "fa"], password=PASSWORD,
    )  # fmt: skip
    ali = owner.desk.services.agents.named("ali")
    assert (ali.name, ali.role, ali.shops) == ("علی رضایی", Role.LEAD, ("souq",))
    assert (ali.queues, ali.languages) == ((Queue.SELLERS,), (Lang.FA, Lang.AR))
    assert may_sign_in(owner, "ali", PASSWORD)
    assert "added" in page.split('id="audit-title"')[-1]
    assert PASSWORD not in page


def test_a_password_that_was_made_is_shown_once(owner):
    page = owner.send(PAGE, 200, login="ali", name="Ali", role="agent", password="")
    (made,) = MADE.findall(page)
    assert may_sign_in(owner, "ali", made)
    assert made not in owner.open(PAGE)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"login": "OWNER"}, "This user name is taken"),
        ({"login": "two words"}, "no blanks"),
        ({"login": ""}, "no blanks"),
        ({"name": " "}, "A name has 1 to 80"),
        ({"password": "short"}, "A password has 10 to 200"),
    ],
)
def test_what_cannot_be_added_says_why_and_keeps_what_was_typed(owner, fields, told):
    form = {"login": "ali", "name": "Ali <b>", "role": "lead", "password": PASSWORD}
    page = owner.send(PAGE, 422, **{**form, **fields})
    assert told in page
    assert len(owner.desk.services.agents.everybody()) == 1
    if "name" not in fields:
        assert 'value="Ali <b>"' in page


def test_an_agents_role_password_and_access_change(owner):
    ali = Visitor(owner.desk, "ali", Role.AGENT)
    ali.open("/desk/agents", 403)
    send(owner, ali.agent.id, do="change", name="Ali", role="lead")
    ali.open("/desk/agents")
    send(owner, ali.agent.id, do="sign_out")
    assert ali.agent.refused("GET", "/me")[0] == 401
    send(owner, ali.agent.id, do="password", password=PASSWORD + "!")
    assert may_sign_in(owner, "ali", PASSWORD + "!")
    send(owner, ali.agent.id, do="disable")
    assert not may_sign_in(owner, "ali", PASSWORD + "!")
    send(owner, ali.agent.id, do="enable")
    assert may_sign_in(owner, "ali", PASSWORD + "!")
    page = owner.open(PAGE).split('id="audit-title"')[-1]
    assert "Role: Agent → Lead" in page
    assert PASSWORD not in page


def test_the_only_owner_stays(owner):
    assert "The only active owner" in send(owner, owner.agent.id, 422, do="disable")
    page = send(owner, owner.agent.id, 422, do="change", name="X", role="agent")
    assert "The only active owner" in page


def test_what_is_no_deed_and_who_is_nobody_are_refused(owner):
    send(owner, owner.agent.id, 422, do="promote")
    send(owner, 999, 422, do="disable")


def test_a_lead_looks_and_changes_nothing(owner):
    lead = Visitor(owner.desk, "lead", Role.LEAD)
    assert "Only the owner can change these." in lead.open(PAGE)
    lead.send(PAGE, 403, login="x", name="X", password=PASSWORD)
    send(lead, owner.agent.id, 403, do="disable")


@pytest.mark.parametrize("lang", list(Lang))
def test_the_words_are_there_in_every_language(lang):
    assert all(texts[lang].strip() for texts in AGENTS_WORDS.values())
    assert all(f"role_{role.value}" in AGENTS_WORDS for role in Role)
    assert all(f"queue_{queue.value}" in AGENTS_WORDS for queue in Queue)
    assert all(f"deed_{deed.value}" in AGENTS_WORDS for deed in Deed)
