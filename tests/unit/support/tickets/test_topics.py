"""The cascading list of topics, and what is said of one that is wrong."""

import pytest

from jawab.knowledge import InvalidKnowledge
from jawab.settings import PROJECT
from jawab.support.errors import UnknownTopic
from jawab.support.tickets.ticket import Queue
from jawab.support.tickets.topics import FILE, load, read
from jawab.text.language import Lang

GOOD = """\
topics:
  delivery:
    title: {fa: ارسال, ar: التوصيل, en: Delivery}
    queue: shoppers
    subtopics:
      late: {fa: دیر, ar: تأخير, en: Late}
"""


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return written


def test_the_projects_own_topics_are_the_nine():
    topics = load(PROJECT)
    assert list(topics.by_id) == [
        "after_sales",
        "delivery",
        "payment",
        "account",
        "product",
        "seller",
        "express",
        "complaint",
        "other",
    ]
    assert [t.id for t in topics if t.needs_order_number] == ["after_sales"]
    queues = {t.id: t.queue for t in topics if t.queue is not Queue.SHOPPERS}
    assert queues == {
        "seller": Queue.SELLERS,
        "express": Queue.EXPRESS,
        "complaint": Queue.COMPLAINTS,
    }


def test_a_topic_is_found_with_its_subtopic(write):
    topics = load(write(GOOD))
    assert topics.find("delivery", "late").subtopics["late"][Lang.EN] == "Late"
    for topic, subtopic in (("x", None), ("delivery", "x")):
        with pytest.raises(UnknownTopic):
            topics.find(topic, subtopic)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("queue: shoppers", "queue: shopper", "did you mean 'shoppers'?"),
        ("    queue: shoppers\n", "", "add queue"),
        (", en: Delivery", "", "'delivery' has no English title; add title.en"),
        (", en: Late", "", "add subtopics.late.en"),
        (
            "queue: shoppers",
            "queue: shoppers\n    needs_order_number: maybe",
            "write true or false",
        ),
        ("delivery:", "Delivery!:", "small Latin letters"),
        ("topics:", "topic:", "did you mean 'topics'?"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_remedy(write, old, new, said):
    root = write(GOOD.replace(old, new, 1))
    with pytest.raises(InvalidKnowledge) as refused:
        load(root)
    assert FILE in str(refused.value)
    assert said in str(refused.value)


def test_a_missing_file_is_a_problem(tmp_path):
    topics, problems = read(tmp_path)
    assert not list(topics)
    assert len(problems) == 1
