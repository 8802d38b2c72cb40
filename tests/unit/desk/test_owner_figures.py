"""The page of figures tells what happened at this desk, and gives it away as files."""

import csv
from datetime import datetime, timedelta, timezone
from io import StringIO

import pytest

from jawab.desk.channel_words import CHANNEL_WORDS
from jawab.desk.owner.asked import CHANNELS
from jawab.desk.owner.figures_words import FIGURES_WORDS
from jawab.desk.owner.period import LAST_DAYS
from jawab.desk.owner.sheets import SHEETS
from jawab.support.agents.agent import Role
from jawab.support.figures.figures import Fate, Scope
from jawab.text.language import Lang

from .owner import Visitor

TEN = datetime(2027, 1, 2, 10, tzinfo=timezone.utc)
PAGE = "/desk/figures?lang=en"
FORMULA = "=1+1"


@pytest.fixture
def owner(start_desk, rasa):
    def reply(question):
        lost = "?!" in question["message"]
        told = {"outcome": "not_understood", "intent": None} if lost else {"outcome": "answered"}
        intent = {} if lost else {"intent": "returns_how"}
        return [{"text": "x"}, {"custom": rasa.custom(question, **{**told, **intent})}]

    rasa.reply = reply
    desk = start_desk(clock=lambda: TEN)
    desk.begin("souq", lang="ar").ask("كيف أرجع المنتج")
    desk.begin("digikala", lang="fa").ask("<i>چی</i>?!")
    chat = desk.begin("digikala", lang="fa")
    assert chat.open_ticket(message=FORMULA).status_code == 201
    return Visitor(desk)


def table(owner, name, query=""):
    response = owner.desk.http.get(
        f"/desk/figures/{name}.csv?lang=en{query}", headers=owner.cookies
    )
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert f"jawab-{name}.csv" in response.headers["content-disposition"]
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))


def fates(owner, query=""):
    return {name: int(number) for name, number, _ in table(owner, "fates", query)[1:]}


def test_conversations_are_told_by_how_they_went(owner):
    told = fates(owner)
    assert {name: number for name, number in told.items() if number} == {
        "Ticket": 1,
        "Left unhelped": 1,
        "Answered, nothing more said": 1,
    }
    page = owner.open(PAGE)
    assert owner.desk.services.knowledge.questions["returns_how"].title[Lang.EN] in page
    assert "<i>چی</i>?!" in page  # as unescaped by the test: the page has it escaped


def test_filters_leave_the_others_out(owner):
    assert sum(fates(owner, "&shop=souq").values()) == 1
    assert sum(fates(owner, "&spoken=fa").values()) == 2
    assert sum(fates(owner, "&channel=site").values()) == 3
    assert sum(fates(owner, "&channel=bale").values()) == 0
    assert 'value="bale" selected' in owner.open(f"{PAGE}&channel=bale")
    assert sum(fates(owner, "&from=2026-12-01&to=2026-12-31").values()) == 0


def test_every_table_is_a_file(owner):
    for name in SHEETS:
        assert len(table(owner, name)[0]) >= 2
    assert table(owner, "unknown")[1][2] == "<i>چی</i>?!"
    day = next(row for row in table(owner, "days") if row[0] == "2027-01-02")
    assert day[1] == "3"


def test_tickets_are_exported_whole_and_without_formulas(owner):
    names, *rows = table(owner, "tickets")
    (ticket,) = (dict(zip(names, row, strict=True)) for row in rows)
    assert ticket["message"] == f"'{FORMULA}"
    assert ticket["phone"] == "'+989121234567"
    assert ticket["shop"] == "digikala"
    assert table(owner, "tickets", "&shop=souq") == [names]


def test_pages_of_an_export_follow_each_other(owner):
    for number in range(6):
        owner.desk.begin("souq", lang="ar").open_ticket(message=f"m{number}", phone="0512345678")
    found, after = [], ""
    scope = Scope(TEN - timedelta(days=1), TEN + timedelta(days=1))
    while rows := owner.desk.services.ticket_export.page(scope, after=after, limit=3):
        found += rows
        after = rows[-1][0]
    assert len(found) == len({row[0] for row in found}) == 7


def test_a_lead_sees_her_shops_and_exports_no_tickets(owner):
    lead = Visitor(owner.desk, "lead", Role.LEAD, shops=("souq",))
    assert sum(fates(lead).values()) == 1
    assert sum(fates(lead, "&shop=digikala").values()) == 1  # her own all the same
    lead.open("/desk/figures/tickets.csv", 403)
    lead.open("/desk/shop/digikala", 404)
    for page in map(lead.open, (PAGE, "/desk/shop/souq", "/desk/agents")):
        assert "/desk/shop/souq" in page
        assert "/desk/shop/digikala" not in page


def test_agents_and_strangers_do_not_see_them(owner):
    agent = Visitor(owner.desk, "agent", Role.AGENT)
    for path in (PAGE, "/desk/figures/fates.csv"):
        agent.open(path, 403)
        page = owner.desk.http.get(path, follow_redirects=False)
        assert (page.status_code, page.headers["location"]) == (307, "/desk/sign-in")
    owner.open("/desk/figures/no-such.csv", 404)


def test_dates_that_cannot_be_read_are_told(owner):
    page = owner.open(f"{PAGE}&from=soon")
    assert "These dates cannot be read" in page
    assert 'value="soon"' in page


def test_days_are_written_in_the_shops_calendar(owner):
    assert "۱۲ دی ۱۴۰۵" in owner.open("/desk/figures?lang=fa&shop=digikala")
    assert "24 رجب 1448" in owner.open("/desk/figures?lang=ar&shop=souq&days=7")


@pytest.mark.parametrize("lang", list(Lang))
def test_the_words_are_there_in_every_language(lang):
    assert all(texts[lang].strip() for texts in FIGURES_WORDS.values())
    assert all(
        f"{kind}_{fate.value}" in FIGURES_WORDS for fate in Fate for kind in ("fate", "means")
    )
    assert all(f"channel_{channel}" in CHANNEL_WORDS for channel in CHANNELS)
    assert all(f"days_{days}" in FIGURES_WORDS for days in LAST_DAYS)
