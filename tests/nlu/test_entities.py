"""What a message names, as Rasa's rules and forms get it: one value, and its place in the text as it was typed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from jawab.nlu.entities import MatcherEntityExtractor
from jawab.nlu.tokenizer import JawabTokenizer

TEHRAN = ZoneInfo("Asia/Tehran")
DIGITS = {
    "Latin": "0123456789",
    "Arabic": "٠١٢٣٤٥٦٧٨٩",
    "Persian": "۰۱۲۳۴۵۶۷۸۹",
}
# kind, value, the message with the named thing in brackets
NUMBERS = [
    ("order_number", "12345678", "سفارش [12345678] کجاست"),
    ("order_number", "123456789", "وين الطلب رقم [123456789]؟"),
    ("phone", "+989121234567", "شماره‌ام [09121234567] است"),
    ("phone", "+966501234567", "جوالي [0501234567] اتصلوا بي"),
    ("amount", "250000 IRT", "مبلغ [250000 تومان] کم شد"),
    ("amount", "300 SAR", "دفعت [300 ريال] أمام الباب"),
    ("date", "2026-11-11", "از [1405/8/20] منتظرم"),
    ("date", "2025-11-11", "در [20 آبان 1404] خریدم"),
    ("date", "2026-08-16", "طلبته في [3 ربيع الأول 1448] ولم يصل"),
    ("date", "2026-11-05", "وصلني يوم [5/11/2026] مكسورا"),
]
WORDS = [
    ("email", "ali@example.com", "به [Ali@example.com] بفرستید", "fa"),
    ("ticket_reference", "JW-K37-W9F2", "تیکت [jw-k37-w9f2] چی شد", "fa"),
    ("city", "Riyadh", "هل توصلون [للرياض]؟", "ar"),
    ("city", "Isfahan", "be [esfahan] ham miferestid?", "fa"),
    ("city", "Tehran", "به [تهران] ارسال دارید؟", "fa"),
    ("amount", "49.90 USD", "I paid [$49.90] for it", "en"),
]
YESTERDAY = [("[دیروز] خریدم", "fa"), ("طلبته [أمس]", "ar"), ("I ordered it [yesterday]", "en")]


@pytest.fixture(scope="module")
def parse(tmp_path_factory):
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    context = ExecutionContext(GraphSchema({}), model_id="m", node_name="n")
    components = [
        kind.create(kind.get_default_config(), storage, Resource(kind.__name__), context)
        for kind in (JawabTokenizer, MatcherEntityExtractor)
    ]

    def parsed(text, lang):
        message = Message(data={TEXT: text, "metadata": {"lang": lang}})
        for component in components:
            component.process([message])
        return message.get("entities")

    return parsed


def bracketed(marked):
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize(("kind", "value", "marked"), NUMBERS, ids=[row[2] for row in NUMBERS])
def test_numbers_are_read_in_every_digit_system(parse, kind, value, marked, digits):
    text, start, end = bracketed(marked.translate(str.maketrans(DIGITS["Latin"], DIGITS[digits])))
    (found,) = parse(text, "fa")
    assert (found["entity"], found["value"]) == (kind, value)
    assert (found["start"], found["end"]) == (start, end)


@pytest.mark.parametrize(("kind", "value", "marked", "lang"), WORDS, ids=[row[2] for row in WORDS])
def test_names_have_their_place_in_the_raw_text(parse, kind, value, marked, lang):
    text, start, end = bracketed(marked)
    (found,) = parse(text, lang)
    assert (found["entity"], found["value"]) == (kind, value)
    assert (found["start"], found["end"]) == (start, end)


@pytest.mark.parametrize(("marked", "lang"), YESTERDAY, ids=[row[1] for row in YESTERDAY])
def test_yesterday_is_a_day_of_the_calendar(parse, marked, lang):
    text, start, end = bracketed(marked)
    before = datetime.now(TEHRAN).date()
    (found,) = parse(text, lang)
    after = datetime.now(TEHRAN).date()
    days = {(day - timedelta(days=1)).isoformat() for day in (before, after)}
    assert found["entity"] == "date"
    assert found["value"] in days
    assert (found["start"], found["end"]) == (start, end)
