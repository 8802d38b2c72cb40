"""The pages on what was not understood: groups, decisions, the change that follows, and its trial."""

import re
import subprocess

import pytest

from jawab.desk.owner.learning_words import CHANGE_WORDS, LEARNING_WORDS
from jawab.settings import PROJECT
from jawab.support.agents.agent import Role
from jawab.support.learning.mark import MarkKind
from jawab.support.learning.missed import Why
from jawab.support.learning.trial import TrialState
from jawab.text.language import Lang

from ..learning.small_project import small_project
from .owner import Visitor
from .running import eventually

pytestmark = pytest.mark.slow  # processes and trainings of its own

PAGE = "/desk/learning?lang=en"
LONG = 240  # a training, and other work on the machine
ROBOTS = ("ربات آبی گنده رو چجوری پسش بدم 09351112233", "ربات آبی گندهه رو چجوری پسش بدم")
PAINT = "do you sell purple paint for garden gnomes"
NEW = {
    "do": "new",
    "id": "used_phones",
    "topic": "returns",
    "title_fa": "گوشی کارکرده می‌خرید؟",
    "title_ar": "هل تشترون الهواتف المستعملة؟",
    "title_en": "Do you buy used phones?",
    "answer_fa": "«فروش به ما» را بزنید.",
    "answer_ar": "اضغطوا على «بيع لنا».",
    "answer_en": "Tap: Sell to us.",
    "example_ar": "تشترون جوالي القديم من عندي",
    "example_en": "will you buy my old phone from me",
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    project = small_project(PROJECT, tmp_path_factory.mktemp("project"))
    (project / "widget").symlink_to(PROJECT / "widget")
    return project


@pytest.fixture
def project(files):
    """The project's files, put back afterwards."""
    faq = {path: path.read_text("utf-8") for path in (files / "data/faq").iterdir()}
    yield files
    for path, text in faq.items():
        path.write_text(text, "utf-8")


@pytest.fixture
def owner(start_desk, rasa, project):
    def lost(question):
        told = {"outcome": "not_understood", "intent": None}
        return [{"text": "x"}, {"custom": rasa.custom(question, **told)}]

    rasa.reply = lost
    return visitor(start_desk(root=project))


def visitor(desk, login="owner", role=Role.OWNER, **more):
    desk.http.timeout = LONG
    return Visitor(desk, login, role, **more)


def ask(owner, *texts, shop="digikala", lang="fa"):
    for text in texts:
        owner.desk.begin(shop, lang=lang).ask(text)


def group(owner):
    """The address of the first group that is shown."""
    return re.search(r'href="(/desk/learning/groups/[^"]+)"', owner.open(PAGE))[1]


def decide(owner, status=303, **fields):
    address = group(owner)
    page = owner.open(address)
    examples = re.findall(r'name="example" value="(\d+)" checked', page)
    members = re.search(r'name="messages" value="([\d,]+)"', page)[1]
    return owner.send(address, status, **{"messages": members, "example": examples, **fields})


def decided(owner):
    """The address of the change that follows from "it belongs to returns_how"."""
    ask(owner, *ROBOTS)
    decide(owner, do="question", question="returns_how")
    return f"/desk/learning/changes/{owner.desk.services.marks.all()[-1].id}?lang=en"


def test_without_messages_the_page_says_what_will_stand_there(owner):
    assert LEARNING_WORDS["empty_means"][Lang.EN] in owner.open(PAGE)


def test_like_messages_are_a_group_without_the_shoppers_own(owner):
    ask(owner, *ROBOTS)
    ask(owner, PAINT, shop="souq", lang="en")
    page = owner.open(PAGE)
    assert page.index("2 messages") < page.index("1 messages")
    assert ROBOTS[1] in page
    assert "09351112233" not in page
    assert "Not understood 2" in page
    for query, there, gone in (
        ("shop=souq", PAINT, ROBOTS[1]),
        ("spoken=fa", ROBOTS[1], PAINT),
        ("reason=not_understood", PAINT, "voted down 1"),
    ):
        shown = owner.open(f"{PAGE}&{query}")
        assert there in shown
        assert gone not in shown
    assert PAINT not in owner.open(f"{PAGE}&reason=voted_down")


def test_a_group_given_to_a_question_shows_what_changes_in_the_file(owner, project):
    change = decided(owner)
    page = owner.open(change)
    assert "How do I return an item?" in page
    assert CHANGE_WORDS["sound"][Lang.EN] in page
    assert "data/faq/returns.yml" in page
    patch = owner.desk.http.get(change.replace("?", ".patch?"), headers=owner.cookies)
    assert "attachment" in patch.headers["content-disposition"]
    subprocess.run(["git", "init", "-q"], cwd=project, check=True)
    subprocess.run(["git", "apply", "-"], input=patch.content, cwd=project, check=True)
    assert ROBOTS[1] in (project / "data/faq/returns.yml").read_text("utf-8")


def test_a_decided_group_says_who_decided_and_comes_back_with_new_messages(owner):
    decided(owner)
    assert ROBOTS[1] not in owner.open(PAGE)
    shown = owner.open(f"{PAGE}&state=decided")
    assert "Belongs to: How do I return an item?" in re.sub(r"<[^>]+>", "", shown)
    assert "سارا" in shown
    ask(owner, "ربات آبي گنده رو چطوری پسش بدم")
    again = owner.desk.http.get(f"{PAGE}&again=1", headers=owner.cookies)
    assert "1 new messages since" in owner.open(again.headers["location"])


def test_a_group_is_ignored_and_taken_back(owner):
    ask(owner, PAINT, lang="en")
    assert PAINT not in decide(owner, do="ignored")
    page = owner.open(f"{PAGE}&state=decided")
    (address,) = re.findall(r'href="(/desk/learning/groups/[^"]+)"', page)
    members = re.search(r'name="messages" value="([\d,]+)"', owner.open(address))[1]
    owner.send(address, do="none", messages=members)
    assert PAINT in owner.open(PAGE)
    kinds = [mark.made.kind for mark in owner.desk.services.marks.all()]
    assert kinds == [MarkKind.IGNORED, MarkKind.NONE]


def test_questions_are_found_by_words_of_any_language(owner):
    ask(owner, PAINT, lang="en")
    for words in ("who pays for sending a return", "هزینه پس فرستادن", "تكلفة الإرجاع"):
        assert 'value="returns_cost"' in owner.open(f"{group(owner)}&q={words}")
    assert LEARNING_WORDS["no_question"][Lang.EN] in owner.open(f"{group(owner)}&q=qqqq")


def test_a_new_question_wants_everything_and_keeps_what_was_typed(owner):
    ask(owner, *ROBOTS)
    page = decide(owner, 422, **{**NEW, "title_ar": " ", "id": "returns_how", "example_en": ""})
    assert "1 to 120 characters" in page
    assert "This id is taken" in page
    assert "needs an example" in page
    assert NEW["answer_fa"] in page
    page = decide(owner, **NEW)
    assert "- id: used_phones" in page
    assert "Do you buy used phones?" in page


def test_without_a_message_or_a_question_nothing_is_decided(owner):
    ask(owner, *ROBOTS)
    page = decide(owner, 422, do="question", question="no_such", example=[])
    assert "Choose at least one message" in page
    assert "Choose a question" in page
    assert "has changed" in decide(owner, 422, do="ignored", messages="999")
    assert owner.desk.services.marks.all() == ()


def test_a_change_is_written_once_as_it_was_looked_at(owner, project):
    change = decided(owner)
    digest = re.search(r'name="digest" value="(\w+)"', owner.open(change))[1]
    file = project / "data/faq/returns.yml"
    before = file.read_text("utf-8")
    assert "meanwhile" in owner.send(change, 409, do="apply", digest="another")
    assert "make train" in owner.send(change, do="apply", digest=digest)
    assert ROBOTS[1] in file.read_text("utf-8")
    (kept,) = (owner.desk.settings.var / "backups").iterdir()
    assert kept.read_text("utf-8") == before
    assert 'value="apply"' not in owner.open(change)


def test_a_lead_looks_at_her_shops_and_changes_nothing(owner):
    change = decided(owner)
    hers = visitor(owner.desk, "hers", Role.LEAD, shops=("digikala",))
    assert ROBOTS[1] in hers.open(f"{PAGE}&state=all")
    assert ROBOTS[1] in hers.open(change)
    other = visitor(owner.desk, "other", Role.LEAD, shops=("souq",))
    assert ROBOTS[1] not in other.open(f"{PAGE}&state=all")
    other.open(change, 404)
    other.open(change.replace("?", ".patch?"), 404)


def state(owner, change):
    return re.search(r'id="trial"[^>]*data-state="(\w*)"', owner.open(change))[1]


def process(owner):
    return owner.desk.services.trials._current.process  # what must not outlive its desk


def test_a_trial_runs_by_itself_and_tells_what_the_change_wins_and_loses(owner):
    change = decided(owner)
    owner.send(change, do="try", control="1")
    assert state(owner, change) == "running"
    assert CHANGE_WORDS["busy"][Lang.EN] in owner.send(change, 409, do="try")
    eventually(lambda: state(owner, change) != "running", within=LONG)
    page = owner.open(change)
    assert state(owner, change) == "done", page
    assert "Control, without it" in page
    sums = re.sub(r"<[^>]+>", " ", page[page.index("sums") :])
    assert re.search(r"Development messages\s+2\s+2\s+2", sums)
    assert list(owner.desk.settings.var.glob("trial-*")) == []


def test_a_trial_is_stopped(owner):
    change = decided(owner)
    owner.send(change, do="try")
    running = process(owner)
    owner.send(change, do="stop")
    eventually(lambda: state(owner, change) == "stopped", within=60)
    assert running.poll() is not None
    assert list(owner.desk.settings.var.glob("trial-*")) == []


def test_a_stopping_desk_takes_its_trial_along_and_the_next_one_says_so(owner, start_desk, project):
    change = decided(owner)
    owner.send(change, do="try")
    running = process(owner)
    owner.desk.stop()
    assert running.poll() is not None
    owner.desk = start_desk(root=project)
    owner.desk.http.timeout = LONG
    assert state(owner, change) == "lost"
    assert CHANGE_WORDS["trial_lost"][Lang.EN] in owner.open(change)
    owner.send(change, do="try")
    assert state(owner, change) == "running"


def test_a_trial_that_fails_says_why(owner, project):
    change = decided(owner)
    dev = project / "evaluation/dev/all.tsv"
    rows = dev.read_text("utf-8")
    dev.write_text(rows + "no such intent\tno_such\ten\tplain\n", "utf-8")
    owner.send(change, do="try")
    eventually(lambda: state(owner, change) == "failed", within=LONG)
    assert "no_such" in owner.open(change)
    dev.write_text(rows, "utf-8")


@pytest.mark.parametrize("lang", list(Lang))
def test_the_words_are_there_in_every_language(lang):
    words = {**LEARNING_WORDS, **CHANGE_WORDS}
    assert all(texts[lang].strip() for texts in words.values())
    assert all(f"why_{why.value}" in words for why in Why)
    assert all(f"kind_{kind.value}" in words for kind in MarkKind)
    assert all(f"trial_{state.value}" in words for state in TrialState)
