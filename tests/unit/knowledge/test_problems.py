"""Every mistake an owner can make is told with file, id and remedy."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from . import mistakes_in_questions, mistakes_in_shops
from .files import ACTS, FAQ, SHOP, WORDS

MISTAKES = {**mistakes_in_questions.MISTAKES, **mistakes_in_shops.MISTAKES}


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
