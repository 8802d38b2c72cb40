"""Every mistake an owner can make is told with file, id and remedy."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FAQ = "data/faq/returns.yml"
SHOP = "data/shops/bazaar.yml"
ACTS = "data/dialogue/acts.yml"
WORDS = "data/dialogue/words.yml"

# file, what stands there, what the owner writes instead, the whole message
MISTAKES = {
    "a missing answer": (
        FAQ,
        "      ar: |\n        أعيدوا المنتج {facts.return_window} إلى {shop}.\n        الهاتف: {phone}\n",
        "",
        f"{FAQ}: 'returns_how' has no Arabic answer; add answer.ar",
    ),
    "a missing title": (
        FAQ,
        "fa: چطور مرجوع کنم؟, ",
        "",
        f"{FAQ}: 'returns_how' has no Persian title; add title.fa",
    ),
    "an empty text": (
        FAQ,
        "en: How do I return an item?",
        'en: " "',
        f"{FAQ}: 'returns_how' has an empty title.en; write title.en",
    ),
    "an unknown key": (
        FAQ,
        "    related:",
        "    relatd:",
        f"{FAQ}: 'returns_how' has the unknown key 'relatd'; did you mean 'related'?",
    ),
    "an unknown key of the file": (
        FAQ,
        "topic: returns",
        "topic: returns\nsubject: x",
        f"{FAQ}: the file has the unknown key 'subject'; use one of: topic, title, questions, position",
    ),
    "a position that is no number": (
        FAQ,
        "topic: returns",
        "topic: returns\nposition: first",
        f"{FAQ}: the file has 'first' as position; write a whole number, for example 1",
    ),
    "a fourth language": (
        FAQ,
        "en: Returns}",
        "en: Returns, de: Rückgabe}",
        f"{FAQ}: the file has the unknown key 'de' in title; use one of: fa, ar, en",
    ),
    "a list for a text": (
        FAQ,
        "en: How do I return an item?",
        "en: [How]",
        f"{FAQ}: 'returns_how' has a list as title.en; write plain text as title.en",
    ),
    "a number for a text": (
        FAQ,
        "en: How do I return an item?",
        "en: 7",
        f"{FAQ}: 'returns_how' has a number as title.en; put it in quotes as title.en",
    ),
    "a list of examples": (
        FAQ,
        "        plain: |\n          how do I return an item",
        "        plain:\n          - how do I return an item",
        f"{FAQ}: 'returns_how' has a list as examples.en.plain; "
        "write 'plain: |' and one example a line",
    ),
    "an unknown variety": (
        FAQ,
        "finglish: |",
        "fingilish: |",
        f"{FAQ}: 'returns_how' has the unknown variety 'fingilish' in examples.fa; "
        "did you mean 'finglish'?",
    ),
    "another language's variety": (
        FAQ,
        "finglish: |",
        "arabizi: |",
        f"{FAQ}: 'returns_how' has the unknown variety 'arabizi' in examples.fa; "
        "use one of: formal, colloquial, story, noisy, finglish",
    ),
    "an empty variety": (
        FAQ,
        "        finglish: |\n          chetori pas bedam",
        '        finglish: ""',
        f"{FAQ}: 'returns_how' has no example in examples.fa.finglish; "
        "add some or delete the variety",
    ),
    "a language without examples": (
        FAQ,
        "      en:\n        plain: |\n          how do I return an item\n",
        "",
        f"{FAQ}: 'returns_how' has no English examples; add examples.en",
    ),
    "a question without an id": (
        FAQ,
        "  - id: returns_how\n    title",
        "  - title",
        f"{FAQ}: the file has no id in questions no. 1; add its id",
    ),
    "an id with a hyphen": (
        FAQ,
        "id: returns_how",
        "id: returns-how",
        f"{FAQ}: the file has 'returns-how' as the id of questions no. 1; "
        "use small Latin letters, digits and underscores",
    ),
    "an unknown related question": (
        FAQ,
        "related: [contact_hours]",
        "related: [contact_hour]",
        f"{FAQ}: 'returns_how' has the unknown question 'contact_hour' in related; "
        "did you mean 'contact_hours'?",
    ),
    "a question related to itself": (
        FAQ,
        "related: [contact_hours]",
        "related: [returns_how]",
        f"{FAQ}: 'returns_how' names itself in related; delete it there",
    ),
    "an id taken in another file": (
        FAQ,
        "id: returns_how",
        "id: contact_hours",
        f"{FAQ}: 'contact_hours' is an id already taken in data/faq/contact.yml; "
        "rename one of them",
    ),
    "an act with a question's id": (
        ACTS,
        "id: greet",
        "id: contact_hours",
        f"{ACTS}: 'contact_hours' is an id already taken in data/faq/contact.yml; "
        "rename one of them",
    ),
    "a placeholder nobody knows": (
        FAQ,
        "to {shop} {facts",
        "to {shopp} {facts",
        f"{FAQ}: 'returns_how' uses the placeholder {{shopp}}, which no shop can fill; "
        "did you mean 'shop'?",
    ),
    "a channel nobody has": (
        "data/faq/contact.yml",
        'fa: "{hours.phone}',
        'fa: "{hours.fone}',
        "data/faq/contact.yml: 'contact_hours' uses the placeholder {hours.fone}, "
        "which no shop can fill; did you mean 'phone'?",
    ),
    "a fact nobody has": (
        FAQ,
        "{shop} {facts.return_window}",
        "{shop} {facts.return_windw}",
        f"{FAQ}: 'returns_how' uses the placeholder {{facts.return_windw}}, which no shop can fill; "
        "did you mean 'return_window'? (or add facts.return_windw to the shops' profiles)",
    ),
    "malformed braces": (
        FAQ,
        "Phone: {phone}",
        "Phone: {phone",
        f"{FAQ}: 'returns_how' has a stray brace at 'Phone: {{phone' in answer.en; "
        "write placeholders as {name} or {name.part} and use no other braces",
    ),
    "a channel that one shop lacks": (
        "data/faq/contact.yml",
        'fa: "{hours.phone}',
        'fa: "{hours.chat}',
        "data/faq/contact.yml: 'contact_hours' uses {hours.chat}, and shop 'dukkan' has no "
        "channels.chat; add channels.chat to data/shops/dukkan.yml, "
        "or its own answers.contact_hours there",
    ),
    "a promise that one shop does not make": (
        "data/faq/contact.yml",
        'fa: "{hours.phone}',
        'fa: "{response.phone}',
        "data/faq/contact.yml: 'contact_hours' uses {response.phone}, and shop 'dukkan' has no "
        "channels.phone.response; add channels.phone.response to data/shops/dukkan.yml, "
        "or its own answers.contact_hours there",
    ),
    "a fact the shop's own answer lacks": (
        "data/shops/dukkan.yml",
        "{shop} collects",
        "{facts.return_window} {shop} collects",
        "data/shops/dukkan.yml: 'dukkan' uses {facts.return_window} in answers.returns_how and has "
        "no facts.return_window; add facts.return_window",
    ),
    "words that a shop cannot say": (
        WORDS,
        "Welcome to {shop}.",
        "Welcome to {shop}: {chat}.",
        f"{WORDS}: 'welcome' uses {{chat}}, and shop 'bazaar' has no channels.chat.address; "
        "add channels.chat.address to data/shops/bazaar.yml",
    ),
    "a value misspelt in one language": (
        WORDS,
        "Ticket {reference} is open.",
        "Ticket is open.",
        f"{WORDS}: 'ticket_opened' has {{reference}} but not in English; "
        "use the same values in all three languages; see en",
    ),
    "a value that every call has already": (
        WORDS,
        "Welcome to {shop}.",
        "Welcome to {shop}, {now}.",
        f"{WORDS}: 'welcome' uses {{now}}, which every call has already; rename the value",
    ),
    "an unknown top question": (
        SHOP,
        "top_questions: [contact_hours]",
        "top_questions: [returns_hw]",
        f"{SHOP}: 'bazaar' has the unknown question 'returns_hw' in top_questions; "
        "did you mean 'returns_how'?",
    ),
    "an own answer to no question": (
        "data/shops/dukkan.yml",
        "  returns_how:",
        "  return_how:",
        "data/shops/dukkan.yml: 'dukkan' has the unknown question 'return_how' in answers; "
        "did you mean 'returns_how'?",
    ),
    "an unknown time zone": (
        SHOP,
        "Asia/Tehran",
        "Asia/Teheran",
        f"{SHOP}: 'bazaar' has the unknown time_zone 'Asia/Teheran'; write one as 'Asia/Tehran'",
    ),
    "a colour that is none": (
        SHOP,
        "country: IR",
        "country: IR\naccent: red",
        f"{SHOP}: 'bazaar' has 'red' as accent; write accent in quotes as '#be123c'",
    ),
    "a logo that is no address": (
        SHOP,
        "country: IR",
        "country: IR\nlogo: javascript:alert(1)",
        f"{SHOP}: 'bazaar' has 'javascript:alert(1)' as logo; "
        "write an https address, or a path of the desk as '/static/logo.svg'",
    ),
    "an unknown country": (
        SHOP,
        "country: IR",
        "country: Iran",
        f"{SHOP}: 'bazaar' has the unknown country 'Iran'; write its two letters, as 'IR' or 'SA'",
    ),
    "an unknown calendar": (
        SHOP,
        "calendar: jalali",
        "calendar: jalaly",
        f"{SHOP}: 'bazaar' has the unknown calendar 'jalaly'; did you mean 'jalali'?",
    ),
    "a bad pattern": (
        SHOP,
        "'[0-9]{8,9}'",
        "'[0-9{8,9}'",
        f"{SHOP}: 'bazaar' has '[0-9{{8,9}}' as order_number, which is no regular expression "
        "(unterminated character set at position 0); write a regular expression, as '[0-9]{8,9}'",
    ),
    "an hour no clock shows": (
        SHOP,
        "09:00-21:00",
        "09:00-25:00",
        f"{SHOP}: 'bazaar' has channels.phone.hours wrong: hours '09:00-25:00' hold a time that no "
        'clock shows; write always, {every_day: "09:00-21:00"} or days as '
        '{sat: "09:00-13:00, 16:00-20:00"}',
    ),
    "an unknown day": (
        SHOP,
        "{sat: ",
        "{saturday: ",
        f"{SHOP}: 'bazaar' has channels.seller_phone.hours wrong: hours name the unknown day "
        "'saturday'; "
        'write always, {every_day: "09:00-21:00"} or days as {sat: "09:00-13:00, 16:00-20:00"}',
    ),
    "an unknown audience": (
        SHOP,
        "audience: seller",
        "audience: sellers",
        f"{SHOP}: 'bazaar' has the unknown channels.seller_phone.audience 'sellers'; "
        "did you mean 'seller'?",
    ),
    "a channel without hours": (
        SHOP,
        "    hours: always\n",
        "",
        f"{SHOP}: 'bazaar' has no channels.chat.hours; add channels.chat.hours",
    ),
    "a date that is none": (
        SHOP,
        "2026-11-25",
        "1405-9-4 maybe",
        f"{SHOP}: 'bazaar' has '1405-9-4 maybe' as closing_days.own no. 1.date; "
        "write the date as 2027-03-20",
    ),
    "a date of no calendar": (
        SHOP,
        "2026-11-25",
        "2026-13-01",
        f"{SHOP}: the file has a value that cannot be (month must be in 1..12); "
        "mend it or put it in quotes",
    ),
    "a key that YAML reads as no text": (
        SHOP,
        "  return_window:",
        "  no:",
        f"{SHOP}: 'bazaar' has yes or no as a key in facts; put the key in quotes",
    ),
    "a brace in a fact": (
        SHOP,
        "en: within 7 days",
        'en: "within {days} days"',
        f"{SHOP}: 'bazaar' has a brace in facts.return_window.en; "
        "write it plainly; only answers and words are filled",
    ),
    "a missing name": (
        SHOP,
        "name: {fa: بازارک, ar: بازارك, en: Bazaarak}\n",
        "",
        f"{SHOP}: 'bazaar' has no name; add name",
    ),
    "a bidi control": (
        FAQ,
        "en: How do I return an item?",
        'en: "How \\u202e do I return it?"',
        f"{FAQ}: 'returns_how' has the bidi control character U+202E in title.en; "
        "delete the character",
    ),
    "a zero-width space in an example": (
        FAQ,
        "chetori pas",
        "chetori\u200b pas",
        f"{FAQ}: 'returns_how' has the invisible character U+200B in examples.fa.finglish; "
        "delete the character",
    ),
    "one key twice": (
        SHOP,
        "country: IR",
        "country: IR\ncountry: SA",
        f"{SHOP}:7: the file has the key 'country' twice in one place; delete one of the two",
    ),
    "a promise of no time": (
        SHOP,
        "en: within 5 minutes}",
        "en: within 5 minutes}\n    promise: {minutes: 0}",
        f"{SHOP}: 'bazaar' has a channels.phone.promise of no time; "
        "write it as {minutes: 5} or {hours: 24}",
    ),
    "a promise in an unknown unit": (
        SHOP,
        "en: within 5 minutes}",
        "en: within 5 minutes}\n    promise: {minute: 5}",
        f"{SHOP}: 'bazaar' has the unknown key 'minute' in channels.phone.promise; "
        "did you mean 'minutes'?",
    ),
    "a promise without words": (
        SHOP,
        "    hours: always\n",
        "    hours: always\n    promise: {minutes: 1}\n",
        f"{SHOP}: 'bazaar' has channels.chat.promise without words; add channels.chat.response",
    ),
    "an example under two ids": (
        FAQ,
        "شرایط پس دادن جنس",
        "ساعت كاري شما چيست",
        f"{FAQ}: 'returns_how' has the example 'ساعت كاري شما چيست' (fa.formal) that also stands "
        "under 'contact_hours' in data/faq/contact.yml ('ساعت کاری شما چیست؟'); "
        "keep it under one of the two",
    ),
    "an example under a question and an act": (
        ACTS,
        "en: {plain: hello}",
        "en: {plain: 'When are you OPEN'}",
        f"{ACTS}: 'greet' has the example 'When are you OPEN' (en.plain) that also stands under "
        "'contact_hours' in data/faq/contact.yml ('when are you open'); "
        "keep it under one of the two",
    ),
    "a line copied twice": (
        FAQ,
        "          شرایط پس دادن جنس",
        "          شرایط پس دادن جنس\n          شرایط پس دادن جنس",
        f"{FAQ}: 'returns_how' has the example 'شرایط پس دادن جنس' (fa.formal) twice; "
        "delete one of the two",
    ),
    "an example twice but for its spelling": (
        FAQ,
        "          شرایط پس دادن جنس",
        "          شرایط پس دادن جنس\n          شرايط پس دادن جنس!",
        f"{FAQ}: warning: 'returns_how' has the example 'شرايط پس دادن جنس!' (fa.formal), "
        "which is to the assistant the same as 'شرایط پس دادن جنس'; delete one",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_file_id_and_remedy(project, file, old, new, message):
    project.edit(file, old, new)
    assert message in project.messages()


@pytest.mark.parametrize("key", ["nlu", "rules", "stories", "responses"])
@pytest.mark.parametrize("file", [FAQ, SHOP, WORDS, "data/lexicon/dialect.yml"])
def test_a_nested_line_that_rasa_would_take_for_its_own_is_told(project, file, key):
    project.write("data/lexicon/dialect.yml", "gulf: {ابغى: أريد}\n")
    text = (project.root / file).read_text(encoding="utf-8")
    project.write(file, f"{text}extra:\n  {key}: []\n")
    line = text.count("\n") + 2
    told = f"{file}:{line}: the file has a line beginning with Rasa's own key '{key}:'"
    assert any(message.startswith(told) for message in project.messages())


@pytest.mark.parametrize("key", ["intents", "forms", "entities", "slots", "actions"])
def test_a_key_of_a_rasa_domain_at_the_top_of_a_file_is_told(project, key):
    text = (project.root / FAQ).read_text(encoding="utf-8")
    project.write(FAQ, f"{text}{key}: []\n")
    assert any(f"Rasa's own key '{key}:'" in message for message in project.messages())


def test_rasas_own_files_beside_ours_are_left_alone(project):
    project.write("data/dialogue/rules.yml", 'version: "3.1"\nrules: []\n')
    assert project.messages() == []


def test_a_syntax_error_is_told_with_line_and_column(project):
    project.edit(FAQ, "topic: returns", "topic: returns: x")
    (message,) = [m for m in project.messages() if "YAML" in m]
    assert message.startswith(f"{FAQ}:1: the file is no valid YAML at column 15: ")


def test_a_file_that_is_not_utf8_is_told(project):
    project.write(FAQ, "topic: مرجوعی".encode("cp1256", errors="replace"))
    (message,) = [m for m in project.messages() if "UTF-8" in m]
    assert message == (
        f"{FAQ}: the file is not UTF-8 (byte 7); save it again with the encoding UTF-8"
    )


def test_a_control_character_is_told(project):
    project.edit(FAQ, "topic: returns", "topic: returns\u0007")
    assert any(m.startswith(f"{FAQ}: the file is no valid YAML") for m in project.messages())


def test_a_missing_file_is_told(project):
    (project.root / WORDS).unlink()
    assert project.messages() == [
        f"{WORDS}: the file cannot be read (No such file or directory); "
        "put the file there and let it be read"
    ]


def test_an_empty_project_is_told_and_not_crashed_on(tmp_path, project):
    for file in project.root.rglob("*.yml"):
        file.unlink()
    told = project.messages()
    assert "data/faq: the file has no YAML files; add one for each topic or shop" in told
    assert len(told) == 4


@pytest.mark.parametrize("content", ["", "# nothing\n", "[]", "text", "7", "null", "- a\n- b"])
@pytest.mark.parametrize("file", [FAQ, SHOP, ACTS, WORDS])
def test_a_file_of_another_shape_is_told_and_not_crashed_on(project, file, content):
    project.write(file, content)
    assert any(message.startswith(f"{file}: the file") for message in project.messages())


def test_two_mistakes_in_two_files_are_told_together(project):
    project.edit(SHOP, "country: IR", "country: Iran")
    project.edit(FAQ, "related: [contact_hours]", "related: contact_hours")
    told = project.messages()
    assert any(
        message.startswith(f"{FAQ}: 'returns_how' has a text as related") for message in told
    )
    assert any(message.startswith(f"{SHOP}: 'bazaar' has the unknown country") for message in told)


def test_a_broken_profile_does_not_flood_the_owner_with_its_consequences(project):
    project.edit(SHOP, "country: IR", "country: Iran")
    assert len(project.messages()) == 1


def test_the_same_words_in_two_languages_are_no_duplicates(project):
    project.edit(ACTS, "ar: {msa: السلام عليكم}", "ar: {msa: سلام}")
    assert project.messages() == []


@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    file=st.sampled_from([FAQ, SHOP, ACTS, WORDS]),
    where=st.floats(0, 1),
    length=st.integers(0, 40),
    instead=st.text("\n -:{}[]\"'|&*!#%@,.abz0۰یي\t\u200c\u202e\x00", max_size=8),
)
def test_no_slip_of_the_keyboard_crashes_the_check(project, file, where, length, instead):
    whole = (project.root / file).read_text(encoding="utf-8")
    start = int(where * len(whole))
    try:
        project.write(file, whole[:start] + instead + whole[start + length :])
        told = project.messages()
    finally:
        project.write(file, whole)
    assert all(message.startswith("data/") for message in told)
