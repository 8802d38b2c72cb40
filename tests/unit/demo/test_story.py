"""The stories of data/demo as they are read."""

import pytest

from jawab.demo import story
from jawab.demo.pictures import PICTURES, draw
from jawab.knowledge import InvalidKnowledge, load
from jawab.settings import PROJECT
from jawab.support import contact
from jawab.support.tickets import topics
from jawab.text.language import Lang


@pytest.fixture(scope="module")
def stories():
    return story.load(PROJECT)


def test_every_language_has_its_own_and_together_they_are_some_forty(stories):
    for lang in Lang:
        assert sum(one.lang is lang for one in stories) > 10
    assert 40 <= len(stories) <= 50


def test_what_is_asked_is_known(stories):
    knowledge = load(PROJECT)
    known = {*knowledge.questions, *knowledge.acts}
    for one in stories:
        for step in one.steps:
            assert {
                *step.offered,
                *filter(None, [step.beside.get("intent"), step.beside.get("about")]),
            } <= known
            if step.verb == "asks":
                kinds = ("intent" in step.beside, bool(step.offered), "unclear" in step.beside)
                assert sum(kinds) == 1, step


def test_what_is_opened_is_a_topic_and_its_shopper_a_role(stories):
    known = topics.load(PROJECT)
    for one in stories:
        assert contact.name(one.shopper) == one.shopper
        for step in one.steps:
            if step.verb == "opens":
                topic, _, subtopic = step.what.partition("/")
                known.find(topic, subtopic or None)


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_can_be_drawn(tmp_path, name):
    draw(name, tmp_path / "picture.png")
    assert (tmp_path / "picture.png").stat().st_size > 1000


def test_pictures_that_stories_name_are_there(stories):
    named = {
        step.beside["photo"] for one in stories for step in one.steps if "photo" in step.beside
    }
    assert named <= set(PICTURES)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{askes: hello, intent: greet}", "unknown step 'askes'"),
        ("{says: hello, after: soon}", "'soon' as after"),
        ("{says: hello, loudly: true}", "unknown key 'loudly'"),
    ],
    ids=["verb", "time", "key"],
)
def test_a_step_that_cannot_be_played_is_told_with_its_file(tmp_path, line, told):
    folder = tmp_path / story.FOLDER
    folder.mkdir(parents=True)
    for lang in Lang:
        (folder / f"{lang.value}.yml").write_text(
            f"conversations:\n- channel: site\n  shopper: x\n  began: 2d\n  steps:\n    - {line}\n",
            "utf-8",
        )
    with pytest.raises(InvalidKnowledge) as raised:
        story.load(tmp_path)
    assert told in str(raised.value)
    assert "data/demo/ar.yml" in str(raised.value)
