"""Like messages come together, however they are spelt."""

from datetime import datetime, timedelta, timezone

from jawab.learning.groups import grouped
from jawab.support.learning.missed import Missed, Why
from jawab.text.language import Lang

NOW = datetime(2027, 1, 2, 10, 20, tzinfo=timezone.utc)


def missed(*texts, lang=Lang.FA, why=Why.NOT_UNDERSTOOD, first=1):
    return [
        Missed(number, text, lang, "digikala", NOW + timedelta(minutes=number), why)
        for number, text in enumerate(texts, start=first)
    ]


def texts(groups):
    return [[member.text for member in group.members] for group in groups]


RECYCLING = ("گوشی قدیمیمو میخرین؟", "گوشي قديمي مو ميخرين", "گوشی قدیمی رو ازم میخرین")
PAINT = ("رنگ موی بدون آمونیاک دارین", "رنگ مو بدون آمونیاک هم دارید؟")


def test_spellings_of_one_question_are_one_group_the_largest_first():
    groups = grouped(missed(*PAINT, *RECYCLING, "چطوری عضو باشگاه بشم"))
    assert [len(group.members) for group in groups] == [3, 2, 1]
    assert set(texts(groups)[0]) == set(RECYCLING)
    assert set(texts(groups)[1]) == set(PAINT)


def test_the_order_in_which_messages_come_changes_nothing():
    all_of_them = missed(*PAINT, *RECYCLING)
    assert grouped(all_of_them) == grouped(list(reversed(all_of_them)))


def test_of_two_groups_as_large_the_newest_comes_first():
    groups = grouped(missed("رنگ موی بدون آمونیاک", "باشگاه مشتریان"))
    assert texts(groups) == [["باشگاه مشتریان"], ["رنگ موی بدون آمونیاک"]]


def test_a_group_counts_languages_and_reasons():
    (group,) = grouped(
        [
            *missed("charger for laptop", "charger for laptop?", lang=Lang.EN),
            *missed("Charger for laptop", lang=Lang.EN, why=Why.VOTED_DOWN, first=3),
        ]
    )
    assert group.languages == {"en": 3}
    assert group.reasons == {"not_understood": 2, "voted_down": 1}
    assert group.newest == NOW + timedelta(minutes=3)


def test_finglish_joins_persian():
    (group, *rest) = grouped(missed("mikham gooshimo befrooshm", "می‌خوام گوشیمو بفروشم"))
    assert not rest
    assert len(group.members) == 2


def test_messages_without_a_word_and_none_at_all_do_no_harm():
    assert grouped([]) == ()
    assert len(grouped(missed("🙂", "🙂", "؟؟"))) == 2
