"""Who comes in as an agent, and who tries to, is written down for the owner."""

from .colleague import PASSWORD
from .owner import Visitor


def sign_in(desk, login, password, address="192.0.2.7"):
    return desk.http.post(
        "/api/v1/agent/session",
        json={"login": login, "password": password},
        headers={"X-Forwarded-For": address},
    ).status_code


def test_who_came_in_and_who_was_refused_is_written_down(start_desk):
    owner = Visitor(start_desk())
    assert sign_in(owner.desk, "owner", "wrong", "192.0.2.9") == 401
    assert sign_in(owner.desk, " OWNER ", PASSWORD) == 201
    assert sign_in(owner.desk, "nobody", "zq93") == 401
    lines = owner.desk.services.administration.audit(limit=9)
    told = [(line.login, line.deed.value, line.who) for line in lines]
    assert told[:2] == [("owner", "signed_in", "192.0.2.7"), ("owner", "refused", "192.0.2.9")]
    assert "nobody" not in str(told), "a login that nobody has may be a password in the wrong field"
    page = owner.open("/desk/agents?lang=en").split('id="audit-title"')[-1]
    assert "signed in" in page
    assert "wrong password" in page
    assert "192.0.2.9" in page
    assert "zq93" not in page


def test_sign_ins_do_not_push_out_what_was_done_to_accounts(start_desk):
    owner = Visitor(start_desk())
    accounts, now = owner.desk.services.administration, owner.desk.services.clock()
    accounts.sign_out(owner.agent.id, by="Owner", now=now)
    for _ in range(3):
        assert sign_in(owner.desk, "owner", PASSWORD) == 201
    assert [line.deed.value for line in accounts.audit(limit=1)] == ["signed_in", "signed_out"]
