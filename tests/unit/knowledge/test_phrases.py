"""The package's own words are there in all three languages."""

from __future__ import annotations

import string
from importlib.resources import files

import pytest
import yaml

from jawab.knowledge.phrases import digits, join, names, phrase
from jawab.text.language import Lang

TABLES = yaml.safe_load(files("jawab.knowledge").joinpath("phrases.yml").read_text("utf-8"))
LANGUAGES = {lang.value for lang in Lang}
LENGTHS = {"weekdays": 7, "jalali": 12, "hijri": 12, "gregorian": 12}


@pytest.mark.parametrize("table", ["phrases", "names", "holidays"])
def test_nothing_is_missing_in_any_language(table):
    for key, texts in TABLES[table].items():
        assert set(texts) == LANGUAGES, key
        assert all(texts.values()), key


@pytest.mark.parametrize("key", TABLES["phrases"])
def test_a_phrase_takes_the_same_values_in_all_languages(key):
    def values(text: str) -> set[str | None]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    fa, ar, en = (values(TABLES["phrases"][key][lang.value]) for lang in Lang)
    assert fa == ar == en


@pytest.mark.parametrize("key", TABLES["names"])
def test_a_list_of_names_is_whole_and_without_doubles(key):
    for lang in Lang:
        found = names(key, lang)
        assert len(found) == len(set(found)) == LENGTHS[key]


def test_each_language_is_written_in_its_own_letters():
    for texts in (*TABLES["phrases"].values(), *TABLES["holidays"].values()):
        assert not any("\u0600" <= letter <= "\u06ff" for letter in texts["en"])
        assert not set("يىكة") & set(texts["fa"])
        assert not set("یکگچپژ") & set(texts["ar"])


@pytest.mark.parametrize(
    ("lang", "two", "three"),
    [
        (Lang.FA, "الف و ب", "الف، ب و پ"),
        (Lang.AR, "الف وب", "الف، ب وپ"),
        (Lang.EN, "الف and ب", "الف, ب and پ"),
    ],
)
def test_words_are_joined_as_people_join_them(lang, two, three):
    assert join(["الف"], lang) == "الف"
    assert join(["الف", "ب"], lang) == two
    assert join(["الف", "ب", "پ"], lang) == three


def test_only_persian_has_digits_of_its_own():
    assert [digits("23:05", lang) for lang in Lang] == ["۲۳:۰۵", "23:05", "23:05"]


def test_a_phrase_is_filled():
    assert phrase("open_until", Lang.FA, time="۲۳:۰۰") == "الان باز است، تا ساعت ۲۳:۰۰."
