"""How a shopper is greeted: the shop's welcome, with its most asked questions as buttons."""

from jawab.desk.words import Words
from jawab.knowledge import Knowledge
from jawab.support.conversations.message import Choice, Draft
from jawab.text.language import Lang


def welcome(words: Words, knowledge: Knowledge, *, shop: str, lang: Lang) -> Draft:
    """The bot's first words in a conversation, with the shop's most asked questions as buttons."""
    questions = knowledge.questions
    return Draft(
        words.say("welcome", lang=lang, shop=shop),
        lang,
        tuple(
            Choice(questions[asked].title[lang], {"intent": asked})
            for asked in knowledge.shops[shop].top_questions
        ),
    )
