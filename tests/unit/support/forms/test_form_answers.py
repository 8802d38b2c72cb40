"""How the ticket form hears what shoppers write: three languages, three kinds of digits, right and wrong."""

from dataclasses import replace

import pytest

from jawab.support.forms.answers import Heard, Hearing, Problem, Said
from jawab.support.forms.ticket_form import SKIPPED, Field, TicketForm
from jawab.text.language import Lang

from .filled_form import FULL, TOPICS

HEARING = Hearing(TOPICS)


def until(field, **changes):
    """A form that asks this question."""
    later = list(Field)[list(Field).index(field) :]
    form = replace(FULL, **{each.value: None for each in later})
    form = replace(form, **changes)
    assert form.next_field(TOPICS) is field
    return form


def hear(field, text, lang=Lang.FA, *, form=None, **said):
    return HEARING.hear(form or until(field), field, Said(text, lang, **said))


@pytest.mark.parametrize(
    ("field", "text", "lang", "value"),
    [
        (Field.TOPIC, "پرداخت", Lang.FA, "payment"),
        (Field.TOPIC, "الدفع", Lang.AR, "payment"),
        (Field.TOPIC, "Payment", Lang.EN, "payment"),
        (Field.TOPIC, "۳", Lang.FA, "payment"),
        (Field.SUBTOPIC, "تعویض کالا", Lang.FA, "exchange"),
        (Field.SUBTOPIC, "استبدال", Lang.AR, "exchange"),
        (Field.MESSAGE, "  سه هفته است منتظرم  ", Lang.FA, "سه هفته است منتظرم"),
        (Field.MESSAGE, "پرداخت", Lang.FA, "پرداخت"),
        (Field.ORDER_NUMBER, "۱۲۳۴۵۶۷۸", Lang.FA, "12345678"),
        (Field.ORDER_NUMBER, "رقم الطلب ١٢٣٤٥٦٧٨٩", Lang.AR, "123456789"),
        (Field.ORDER_NUMBER, "#1234-5678", Lang.EN, "12345678"),
        (Field.ORDER_NUMBER, "شماره‌اش ۱۲۳۴۵۶۷۸ هست", Lang.FA, "12345678"),
        (Field.NAME, "من مریم کریمی هستم", Lang.FA, "مریم کریمی"),
        (Field.NAME, "اسمي محمد العتيبي", Lang.AR, "محمد العتيبي"),
        (Field.NAME, "Jane O'Neill", Lang.EN, "Jane O'Neill"),
        (Field.PHONE, "۰۹۱۲ ۱۲۳ ۴۵۶۷", Lang.FA, "+989121234567"),
        (Field.PHONE, "٠٥٠١٢٣٤٥٦٧", Lang.AR, "+966501234567"),
        (Field.PHONE, "شمارم ۰۹۱۲۱۲۳۴۵۶۷ه", Lang.FA, "+989121234567"),
        (Field.PHONE, "+98 912 123 4567", Lang.EN, "+989121234567"),
        (Field.EMAIL, " Sara@Example.COM ", Lang.EN, "sara@example.com"),
        (Field.EMAIL, "ایمیلم sara@example.com", Lang.FA, "sara@example.com"),
    ],
)
def test_a_right_answer_is_taken_in_its_one_form(field, text, lang, value):
    answer = hear(field, text, lang)
    assert (answer.heard, answer.problem) == (Heard.TAKEN, None)
    assert answer.form.value(field) == value


@pytest.mark.parametrize(
    ("field", "text", "lang", "problem"),
    [
        (Field.TOPIC, "چیزهای دیگر و دیگرتر", Lang.FA, Problem.CHOICE),
        (Field.SUBTOPIC, "۹", Lang.FA, Problem.CHOICE),
        (Field.MESSAGE, "!!!", Lang.FA, Problem.MESSAGE),
        (Field.MESSAGE, "۱۲۳", Lang.FA, Problem.MESSAGE),
        (Field.MESSAGE, "آ" * 4001, Lang.FA, Problem.MESSAGE),
        (Field.ORDER_NUMBER, "۱۲۳۴", Lang.FA, Problem.ORDER_NUMBER),
        (Field.ORDER_NUMBER, "١٢٣٤٥٦٧٨٩٠١", Lang.AR, Problem.ORDER_NUMBER),
        (Field.ORDER_NUMBER, "abc", Lang.EN, Problem.ORDER_NUMBER),
        (Field.NAME, "12345", Lang.EN, Problem.NAME),
        (Field.NAME, "؟؟", Lang.FA, Problem.NAME),
        (Field.PHONE, "۰۹۱۲۱۲۳", Lang.FA, Problem.PHONE),
        (Field.PHONE, "٠٥٠١٢٣", Lang.AR, Problem.PHONE),
        (Field.PHONE, "021-91000100", Lang.EN, Problem.PHONE),
        (Field.PHONE, "sara@", Lang.EN, Problem.EMAIL),
        (Field.PHONE, "hmm", Lang.EN, Problem.CONTACT),
        (Field.EMAIL, "sara.example.com", Lang.EN, Problem.EMAIL),
        (Field.EMAIL, "سارا@example", Lang.FA, Problem.EMAIL),
        (Field.FILES, "عکسش تاره", Lang.FA, Problem.FILES),
        (Field.CONFIRMED, "hmm let me see", Lang.EN, Problem.CONFIRMED),
    ],
)
def test_a_wrong_answer_is_told_apart_and_changes_nothing(field, text, lang, problem):
    answer = hear(field, text, lang)
    assert (answer.heard, answer.problem) == (Heard.WRONG, problem)
    assert answer.form == until(field)


@pytest.mark.parametrize("text", ["ندارم", "نه", "ليس لدي", "لا", "no", "skip", "I don't have one"])
@pytest.mark.parametrize("field", [Field.SUBTOPIC, Field.EMAIL, Field.FILES])
def test_what_is_optional_is_left_out_with_a_word(field, text):
    answer = hear(field, text)
    assert answer.heard is Heard.TAKEN
    assert answer.form.value(field) in (SKIPPED, ())
    assert answer.form.next_field(TOPICS) is not field


def test_returns_need_an_order_number_and_delivery_does_not():
    needed = hear(Field.ORDER_NUMBER, "ندارم")
    assert (needed.heard, needed.problem) == (Heard.WRONG, Problem.NEEDED)
    free = hear(Field.ORDER_NUMBER, "ندارم", form=until(Field.ORDER_NUMBER, topic="delivery"))
    assert free.form.order_number == SKIPPED


def test_one_of_phone_and_email_is_needed():
    form = hear(Field.PHONE, "ندارم").form
    assert (form.phone, form.next_field(TOPICS)) == (SKIPPED, Field.EMAIL)
    answer = hear(Field.EMAIL, "ندارم", form=form)
    assert (answer.heard, answer.problem) == (Heard.WRONG, Problem.NEEDED)


def test_an_email_does_where_the_phone_was_asked():
    form = hear(Field.PHONE, "sara@example.com").form
    assert (form.phone, form.email) == (SKIPPED, "sara@example.com")


def test_both_may_come_at_once():
    form = hear(Field.PHONE, "۰۹۱۲۱۲۳۴۵۶۷ sara@example.com").form
    assert (form.phone, form.email) == ("+989121234567", "sara@example.com")


def test_what_the_message_names_is_not_asked_again():
    form = hear(Field.MESSAGE, "سفارش ۸۷۶۵۴۳۲۱ نرسید، با ۰۹۱۲۰۰۰۰۰۰۰ تماس بگیرید").form
    assert (form.order_number, form.phone) == ("87654321", "+989120000000")
    assert form.next_field(TOPICS) is Field.NAME


def test_a_phone_given_beside_the_name_is_kept():
    form = hear(Field.NAME, "سارا احمدی 09121234567").form
    assert (form.name, form.phone) == ("سارا احمدی", "+989121234567")


# A question in between, a greeting, a wish to stop


@pytest.mark.parametrize(
    ("field", "text", "act"),
    [
        (Field.TOPIC, "هزینه ارسال چقدره؟", "delivery_cost"),
        (Field.NAME, "هزینه ارسال چقدره؟", "delivery_cost"),
        (Field.PHONE, "كم رسوم التوصيل", "delivery_cost"),
        (Field.CONFIRMED, "when are you open", "contact_hours"),
    ],
)
def test_a_question_is_not_the_forms(field, text, act):
    answer = hear(field, text, act=act, question=True)
    assert answer.heard is Heard.ELSEWHERE
    assert answer.form == until(field)


def test_the_free_message_is_never_taken_for_a_question():
    text = "چرا سفارشم نرسیده؟"
    answer = hear(Field.MESSAGE, text, act="order_late", question=True)
    assert answer.form.message == text


@pytest.mark.parametrize("act", ["talk_to_human", "frustrated", "change_language", "greet", "help"])
@pytest.mark.parametrize("field", [Field.TOPIC, Field.PHONE, Field.NAME, Field.CONFIRMED])
def test_other_acts_are_met_elsewhere(field, act):
    assert hear(field, "…حرف", act=act).heard is Heard.ELSEWHERE


@pytest.mark.parametrize("act", ["out_of_scope", "other_support", "goodbye"])
def test_a_name_is_like_nothing_that_was_learnt(act):
    assert hear(Field.NAME, "زرین‌تاج فرهنگ", act=act).form.name == "زرین‌تاج فرهنگ"


@pytest.mark.parametrize("field", list(Field))
@pytest.mark.parametrize("text", ["بی‌خیال", "إلغاء", "stop"])
def test_stop_is_heard_at_every_step(field, text):
    assert hear(field, text).heard is Heard.STOPPED


@pytest.mark.parametrize("field", list(Field))
def test_stop_is_heard_as_it_was_understood(field):
    assert hear(field, "نمی‌خوام ادامه بدم", act="stop").heard is Heard.STOPPED


def test_a_long_message_that_sounds_like_stop_is_a_message():
    text = "می‌خواستم سفارشم را متوقف کنید ولی کسی جواب نداد و حالا ارسال شده است"
    assert hear(Field.MESSAGE, text, act="stop").form.message == text


# Corrections


@pytest.mark.parametrize(
    ("text", "lang", "field"),
    [
        ("شماره رو اشتباه گفتم", Lang.FA, Field.PHONE),
        ("change the e-mail", Lang.EN, Field.EMAIL),
        ("الاسم خطأ", Lang.AR, Field.NAME),
        ("شماره سفارش غلط بود", Lang.FA, Field.ORDER_NUMBER),
    ],
)
def test_an_earlier_answer_is_taken_back(text, lang, field):
    answer = hear(Field.CONFIRMED, text, lang)
    assert (answer.heard, answer.form.next_field(TOPICS)) == (Heard.TAKEN, field)


def test_a_correction_goes_before_what_the_words_may_mean_else():
    answer = hear(Field.FILES, "change my phone number", Lang.EN, act="account_edit", question=True)
    assert answer.form.next_field(TOPICS) is Field.PHONE


def test_the_right_answer_in_the_same_words_is_taken_at_once():
    answer = hear(Field.CONFIRMED, "شماره‌ام غلطه، ۰۹۱۲۷۶۵۴۳۲۱", Lang.FA)
    assert answer.form == replace(until(Field.CONFIRMED), phone="+989127654321")


def test_naming_a_part_is_enough_at_the_end():
    assert hear(Field.CONFIRMED, "ایمیل").form.next_field(TOPICS) is Field.EMAIL


@pytest.mark.parametrize("text", ["نه", "لا", "no", "یه چیزی اشتباهه"])
def test_a_no_at_the_end_asks_what_to_change(text):
    assert hear(Field.CONFIRMED, text).problem is Problem.WHICH


@pytest.mark.parametrize("text", ["بله", "نعم", "yes", "آره ثبت کن"])
def test_a_yes_at_the_end_confirms(text):
    assert hear(Field.CONFIRMED, text).form.confirmed is True


def test_a_yes_to_a_guessed_topic_chooses_it():
    assert hear(Field.TOPIC, "آره", form=TicketForm(guess="payment")).form.topic == "payment"


def test_a_yes_without_a_guess_chooses_nothing():
    assert hear(Field.TOPIC, "آره", act="affirm").problem is Problem.CHOICE


# Buttons


def press(asked, form=None, **button):
    return hear(asked, "…", form=form, button=button)


def test_a_topic_is_chosen_by_its_button():
    form = press(Field.TOPIC, ticket="choose", field="topic", value="express").form
    assert form.topic == "express"


def test_a_topics_button_pressed_later_changes_the_topic():
    form = press(Field.NAME, ticket="choose", field="topic", value="payment").form
    assert (form.topic, form.next_field(TOPICS)) == ("payment", Field.SUBTOPIC)


@pytest.mark.parametrize(
    "button",
    [
        {"ticket": "choose", "field": "topic", "value": "gone"},
        {"ticket": "choose", "field": "subtopic", "value": "late"},
        {"ticket": "choose", "field": "topic"},
    ],
)
def test_an_option_that_is_not_there_is_not_chosen(button):
    assert press(Field.SUBTOPIC, **button).problem is Problem.CHOICE


def test_a_button_to_leave_out_counts_for_its_own_question_only():
    assert press(Field.EMAIL, ticket="skip", field="email").form.email == SKIPPED
    assert press(Field.NAME, ticket="skip", field="email").heard is Heard.REPEAT


def test_a_button_to_change_opens_its_question():
    form = press(Field.CONFIRMED, ticket="change", field="message").form
    assert form.next_field(TOPICS) is Field.MESSAGE
    assert press(Field.CONFIRMED, ticket="change").problem is Problem.WHICH


def test_confirming_needs_the_summary():
    assert press(Field.CONFIRMED, ticket="confirm").form.confirmed is True
    assert press(Field.PHONE, ticket="confirm").heard is Heard.REPEAT


def test_the_button_of_a_question_is_met_elsewhere():
    assert press(Field.PHONE, intent="returns_how").heard is Heard.ELSEWHERE


def test_the_button_to_stop_stops():
    assert press(Field.MESSAGE, intent="stop").heard is Heard.STOPPED


def test_a_complaints_button_sets_the_topic():
    assert press(Field.PHONE, intent="open_ticket", about="complaint").form.topic == "complaint"
    assert press(Field.PHONE, intent="open_ticket").heard is Heard.REPEAT


# Files


def test_files_are_taken_where_they_are_asked_for():
    answer = hear(Field.FILES, "", files=("a", "b"))
    assert answer.form.files == ("a", "b")
    assert answer.form.next_field(TOPICS) is Field.CONFIRMED


def test_files_that_come_with_the_message_are_kept_with_it():
    form = hear(Field.MESSAGE, "این‌جوری رسید", files=("a",)).form
    assert (form.message, form.files) == ("این‌جوری رسید", ("a",))


def test_files_alone_are_kept_wherever_they_come():
    form = hear(Field.PHONE, "📎", files=("a",)).form
    assert (form.files, form.next_field(TOPICS)) == (("a",), Field.PHONE)
    more = hear(Field.CONFIRMED, "", files=("b",), form=replace(FULL, files=("a",)))
    assert more.form.files == ("a", "b")
