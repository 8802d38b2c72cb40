"""`jawab new-shop` from answers to a profile whose every answer can be said, in a project of its own."""

import re
import shutil
from datetime import datetime
from itertools import product
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient
from typer.testing import CliRunner

from jawab.cli import app
from jawab.desk.app import build_app
from jawab.knowledge import load
from jawab.onboarding.errors import OnboardingError
from jawab.onboarding.new_shop import NewShop, days, profile
from jawab.onboarding.shop_questions import QUESTIONS
from jawab.settings import Settings
from jawab.text.language import Lang
from jawab.training import fingerprint

ROOT = Path(__file__).parents[3]
MOMENTS = ("2026-11-24T11:00+03:30", "2026-11-25T03:15+03:30", "2027-03-22T12:00+03:30")
TOLD = (
    "--lang", "ar", "--name-fa", "بستان", "--name-ar", "بستان", "--name-en", "Bostan: & Co",
    "--time-zone", "Asia/Riyadh", "--country", "sa", "--site", "https://bostan.example",
    "--phone", "٠١١-٥٥٥٠١٠٠, 800-5550101", "--email", "help@bostan.example",
    "--phone-hours", "sat-thu ۰۸:۰۰-16:30", "--chat-hours", "10:00-22:15",
    "--email-hours", "always", "--return-days", "۱۴",
)  # fmt: skip


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose questions are read where they are and whose shops are its own."""
    data = tmp_path / "data"
    data.mkdir()
    for entry in (ROOT / "data").iterdir():
        if entry.name != "shops":
            (data / entry.name).symlink_to(entry)
    shutil.copytree(ROOT / "data" / "shops", data / "shops")
    for name in ("config.yml", "domain.yml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setenv("JAWAB_ROOT", str(tmp_path))
    monkeypatch.setenv("JAWAB_VAR", str(tmp_path / "var"))
    return tmp_path


def new_shop(*arguments, typed=None):
    return CliRunner().invoke(app, ["new-shop", *arguments], input=typed)


def text_of(project, id):
    return (project / "data" / "shops" / f"{id}.yml").read_text("utf-8")


def test_every_question_is_answered_in_three_languages_by_the_new_shops_own_facts(project):
    model = fingerprint(project)
    done = new_shop("bostan", "--yes", *TOLD)
    assert done.exit_code == 0, done.output
    assert "/demo/bostan" in done.stdout
    assert fingerprint(project) == model  # nothing has to be trained
    knowledge = load(project)
    shop = knowledge.shop("bostan")
    others = [each for each in knowledge.shops.values() if each.id != "bostan"]
    foreign = {
        *(name for other in others for name in other.name.values()),
        *(address for other in others for way in other.channels.values() for address in way.address),
        *(other.site for other in others),
        *(
            words
            for other in others
            for fact in other.facts.values()
            for words in fact.values()
            if len(words) > 40 and words not in {w for own in shop.facts.values() for w in own.values()}
        ),
    }  # fmt: skip
    assert len(foreign) > 100
    for id, lang, moment in product(knowledge.questions, Lang, MOMENTS):
        answer = knowledge.answer(id, shop="bostan", lang=lang, now=datetime.fromisoformat(moment))
        assert [each for each in foreign if each in answer] == [], (id, lang)
        assert not re.search(r"[{}$]|to be edited|\.{2}|  ", answer), (id, lang)
        if lang is Lang.AR:
            assert not set("یکگچپژ") & set(answer), id
        elif lang is Lang.EN:
            assert not re.search("[\u0600-\u06ff]", re.sub("«[^»]*»", "", answer)), id
        else:
            assert not set("يىكة") & set(answer), id


def test_the_desk_knows_the_new_shop_when_it_starts(project):
    new_shop("bostan", "--yes", *TOLD)
    (project / "widget").symlink_to(ROOT / "widget")
    with TestClient(build_app(Settings())) as desk:
        assert "/demo/bostan" in desk.get("/demo").text
        assert "بستان" in desk.get("/demo/bostan?lang=ar").text


def test_what_was_told_stands_in_the_profile_and_only_the_rest_is_marked(project):
    new_shop("bostan", "--yes", *TOLD)
    shop = load(project).shop("bostan")
    assert dict(shop.name) == {Lang.FA: "بستان", Lang.AR: "بستان", Lang.EN: "Bostan: & Co"}
    assert shop.language is Lang.AR
    assert shop.channel("phone").address == ("011-5550100", "800-5550101")
    assert shop.channel("phone").hours.days[4] == ()  # Friday
    assert shop.facts["return_window"][Lang.AR] == "خلال 14 يومًا من الاستلام"
    text = text_of(project, "bostan")
    assert '"help@bostan.example"\n' in text
    assert re.search(r"delivery_time:  # to be edited", text)


def test_with_yes_alone_all_that_is_assumed_is_marked(project):
    assert new_shop("corner_shop", "--yes").exit_code == 0
    text = text_of(project, "corner_shop")
    assumed = (
        "000-000-0000",
        "support@corner-shop.example",
        "https://corner-shop.example",
        "Corner Shop",
    )
    told = [line for line in text.splitlines() if any(f'"{each}"' in line for each in assumed)]
    assert len(told) == 7
    assert [line for line in told if not line.endswith("# to be edited")] == []
    facts = yaml.safe_load(text)["facts"]
    marked = re.findall(r"^  (\w+):(?:  # to be edited\n|\n    fa: .*# to be edited\n)", text, re.M)
    assert [name for name in facts if name not in marked] == []


def test_questions_are_asked_again_until_the_answer_can_be_used(project):
    typed = "\n".join(
        ["xx", "en", "", "", "The Shop", "Mars", "Europe/London", "", "", "020 555", "", "soon",
         "9:00-17:00", "", "", "0", "30", ""]
    )  # fmt: skip
    asked = new_shop("the_shop", typed=typed)
    assert asked.exit_code == 0, asked.output
    for remedy in ("choose fa, ar or en", "Asia/Tehran", "write always", "from 1 to 365"):
        assert remedy in asked.output
    shop = load(project).shop("the_shop")
    assert shop.name[Lang.EN] == "The Shop"
    assert shop.channel("phone").address == ("020 555",)
    assert shop.facts["return_window"][Lang.EN] == "within 30 days of delivery"


def test_what_stands_there_is_never_written_over(project):
    before = text_of(project, "souq")
    refused = new_shop("souq", "--yes")
    assert refused.exit_code == 1
    assert "stays as it is" in refused.output
    assert text_of(project, "souq") == before


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("My-Shop", "--yes"), "write small letters"),
        (("../shop", "--yes"), "write small letters"),
        (("s", "--yes", "--lang", "de"), "choose fa, ar or en"),
        (("s", "--yes", "--time-zone", "Mars"), "Asia/Tehran"),
        (("s", "--yes", "--country", "XX"), "as IR or SA"),
        (("s", "--yes", "--site", "shop"), "https://shop.example"),
        (("s", "--yes", "--phone", "call us"), "021-5550100"),
        (("s", "--yes", "--email", "me"), "help@shop.example"),
        (("s", "--yes", "--name-fa", " "), "how the shop calls itself"),
        (("s", "--yes", "--chat-hours", "9-5"), "write always"),
        (("s", "--yes", "--return-days", "a week"), "write it as 7"),
        (("s",), "--yes"),
    ],
)
def test_every_refusal_names_its_remedy_and_writes_nothing(project, arguments, remedy):
    before = sorted((project / "data" / "shops").iterdir())
    refused = new_shop(*arguments, typed="")
    assert refused.exit_code == 1
    assert remedy in refused.output
    assert sorted((project / "data" / "shops").iterdir()) == before


def test_a_question_that_needs_a_fact_of_its_own_is_told_and_nothing_is_written(project):
    souq = project / "data" / "shops" / "souq.yml"
    souq.write_text(
        souq.read_text("utf-8").replace("{facts.social_pages}", "{facts.gone}"), "utf-8"
    )
    refused = new_shop("bostan", "--yes")
    assert refused.exit_code == 1
    assert "{facts.gone}" in refused.output
    assert not (project / "data" / "shops" / "bostan.yml").exists()


def test_a_start_that_is_not_there_or_cannot_be_filled_is_told(tmp_path):
    shop = NewShop("s", {})
    for question in QUESTIONS:
        shop = NewShop("s", {**shop.answers, question.key: question.assumed("s", shop.answers)})
    with pytest.raises(OnboardingError, match="take it from the project"):
        profile(tmp_path, shop)
    (tmp_path / "data" / "starter").mkdir(parents=True)
    (tmp_path / "data" / "starter" / "shop.yml").write_text("price: 5$ and $nothing")
    with pytest.raises(OnboardingError, match=re.escape("as $$")):
        profile(tmp_path, shop)


@pytest.mark.parametrize("lang", ["fa", "ar", "en"])
@pytest.mark.parametrize("name", ['a "quoted" # name: {x}', "yes", "2027", "'", "$id"])
def test_any_name_is_kept_as_it_was_given(lang, name):
    answers = {"lang": lang, **{f"name_{each.value}": name for each in Lang}}
    for question in QUESTIONS:
        answers.setdefault(question.key, question.assumed("s", answers))
    document = yaml.safe_load(profile(ROOT, NewShop("s", answers)))
    assert set(document["name"].values()) == {name}
    assert document["language"] == lang


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "يوم واحد"),
        (2, "يومين"),
        (7, "7 أيام"),
        (14, "14 يومًا"),
        (100, "100 يوم"),
        (103, "103 أيام"),
        (365, "365 يومًا"),
    ],
)
def test_arabic_days_are_counted_as_arabic_counts(count, told):
    assert days(count, Lang.AR) == told
