"""The pages on what was not understood in Chromium: axe-core's rules, and nothing wider than a phone."""

from datetime import timedelta

import pytest

from jawab.desk.app import utc_now
from jawab.settings import PROJECT
from jawab.support.agents.agent import Role
from jawab.support.learning.mark import MarkKind, NewMark
from jawab.support.learning.trial import TrialState

from ..unit.desk.owner import Visitor
from ..unit.learning.small_project import small_project
from .axe import violations
from .conftest import SIZES
from .desk_and_shop import Desk

LONG = 240
SAID = {
    "fa": ("ربات آبی گنده رو چجوری پسش بدم", "ربات آبی گندهه رو چجوری پسش بدم", "رنگ مو هم دارین؟"),
    "ar": ("أبي أرجع الروبوت الأزرق الكبير", "كيف أرجع الروبوت الأزرق الكبير"),
    "en": ("do you sell purple paint for garden gnomes",),
}
FLIP = {"text": "سفارشم کجاست", "lang": "fa", "expected": "order_track", "before": "offered", "after": "order_track"}  # fmt: skip
FIGURES = {"rows": 2437, "accuracy": 0.9421, "top3": 0.98, "refused": 0.01, "offered": 0.04}
RESULT = {
    "before": FIGURES,
    "after": {**FIGURES, "accuracy": 0.9429},
    "won": [FLIP, {**FLIP, "expected": "returns_how", "after": "returns_how"}],
    "lost": [{**FLIP, "before": "greet", "after": "not_understood"}],
    "control": {"figures": FIGURES, "won": 9, "lost": 8},
}


class Learning:
    """An owner's desk with groups, a decision, and a trial that has ended."""

    def __init__(self, folder, rasa, knowledge):
        project = small_project(PROJECT, folder)
        (project / "widget").symlink_to(PROJECT / "widget")
        rasa.reply = lambda question: [
            {"text": "x"},
            {"custom": rasa.custom(question, outcome="not_understood", intent=None)},
        ]
        self.desk = Desk(folder / "var", rasa.url, knowledge, {"root": project})
        self.owner = Visitor(self.desk, role=Role.OWNER)
        for lang, texts in SAID.items():
            for text in texts:
                self.desk.begin("digikala", lang=lang).ask(text)
        services, now = self.desk.services, utc_now()
        missed = services.missed.missed(since=now - timedelta(days=1))
        self.robots = [each.message_id for each in missed[:2]]
        who = services.agents.get(self.owner.agent.id)
        made = NewMark(MarkKind.QUESTION, (self.robots[0],), ("digikala",), tuple(self.robots[:1]), "returns_how")  # fmt: skip
        self.mark = services.marks.add(made, by=who, now=now).id
        trial = services.trial_store.begin(self.mark, control=True, who=who.name, now=now)
        services.trial_store.end(trial.id, TrialState.DONE, now=now, result=RESULT)
        self.pages = {
            "groups": "/desk/learning?state=all",
            "group": f"/desk/learning/groups/{self.robots[0]}?days=30",
            "change": f"/desk/learning/changes/{self.mark}?",
        }

    def visit(self, chromium, size="desktop", **more):
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, **more)
        token = self.owner.agent.token
        context.add_cookies([{"name": "jawab-desk", "value": token, "url": self.desk.url}])
        context.set_default_timeout(1000 * LONG)
        return context.new_page()


@pytest.fixture(scope="module")
def learning(tmp_path_factory, _rasa_server, knowledge):
    learning = Learning(tmp_path_factory.mktemp("learning"), _rasa_server, knowledge)
    yield learning
    learning.desk.stop()
    _rasa_server.reset()


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("lang", ["fa", "ar", "en"])
@pytest.mark.parametrize("name", ["groups", "group", "change"])
def test_axe_finds_nothing_and_nothing_overflows(chromium, learning, name, lang, size):
    page = learning.visit(chromium, size, reduced_motion="reduce")
    problems = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(f"{learning.desk.url}{learning.pages[name]}&lang={lang}")
    for summary in page.locator("summary").all():
        summary.click()
    problems += violations(page)
    assert problems == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.context.close()
