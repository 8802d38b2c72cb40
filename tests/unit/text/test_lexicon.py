"""The tables of data/lexicon: well-formed, without contradictions, found where they are said to be."""

import re
from collections import Counter

import pytest

from jawab.text import lexicon
from jawab.text.errors import LexiconError
from jawab.text.folding import fold
from jawab.text.lang import Lang
from jawab.text.vocabulary import vocabulary

FILES = sorted(path.name for path in lexicon.folder().glob("*.yml"))
WORD_TABLES = [
    name
    for name in FILES
    if re.search(r"(?m)^words:", (lexicon.folder() / name).read_text("utf-8"))
]
RASA_KEYS = {"nlu", "rules", "stories", "responses", "intents"}


@pytest.mark.parametrize("name", FILES)
def test_no_table_has_a_key_rasa_reads(name):
    assert RASA_KEYS.isdisjoint(lexicon.table(name.removesuffix(".yml")))


@pytest.mark.parametrize("name", WORD_TABLES)
def test_no_spelling_and_no_form_stands_twice(name):
    body = (lexicon.folder() / name).read_text("utf-8").split("\nwords:\n")[1]
    rows = [line.strip().split(": ", 1) for line in body.splitlines() if re.match(r"  [^#]", line)]
    spellings = Counter(word for _, typed in rows for word in typed.split())
    forms = Counter(form for form, _ in rows)
    assert [word for word, times in (spellings + forms - forms).items() if times > 1] == []
    assert [form for form, times in forms.items() if times > 1] == []


@pytest.mark.parametrize(("lang", "least"), [(Lang.FA, 150), (Lang.AR, 150), (Lang.EN, 60)])
def test_the_chat_tables_are_rich(lang, least):
    assert len(vocabulary(lang).words) >= least


@pytest.mark.parametrize("lang", list(Lang))
def test_every_form_that_stays_stays(lang):
    known = vocabulary(lang)
    moved = {
        form
        for form in {*known.words.values(), *known.phrases.values()}
        if fold(form, lang=lang) != form
    }
    assert moved == set()


def test_a_missing_table_says_where_it_was_sought():
    with pytest.raises(LexiconError, match=r"nowhere\.yml: not found in"):
        lexicon.table("nowhere")


def test_another_folder_can_be_used(tmp_path):
    standard = lexicon.folder()
    for path in standard.glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (tmp_path / "english_chat.yml").write_text("words:\n  dress: frock\n", "utf-8")
    try:
        lexicon.use(tmp_path)
        assert fold("a frock plz", lang=Lang.EN) == "a dress plz"
    finally:
        lexicon.use(standard)
    assert fold("a frock plz", lang=Lang.EN) == "a frock please"


@pytest.mark.parametrize(
    ("content", "message"),
    [("a: [", "not valid YAML"), ("- a", "holds no mapping"), ("words: x", "no mapping 'words'")],
)
def test_a_malformed_table_says_how_to_mend_it(tmp_path, content, message):
    standard = lexicon.folder()
    (tmp_path / "odd.yml").write_text(content, "utf-8")
    try:
        lexicon.use(tmp_path)
        with pytest.raises(LexiconError, match=message):
            lexicon.section("odd", "words")
    finally:
        lexicon.use(standard)
