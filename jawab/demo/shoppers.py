"""What shoppers do in a story, and what the assistant answers: by the project's own reply function, without a model."""

from typing import Any

from jawab.demo.scene import Scene
from jawab.demo.story import Step
from jawab.desk.handover_words import HANDOVER, Wish
from jawab.desk.survey import SATISFACTION, WORD
from jawab.support.conversations.feedback import Feedback, Reason, Verdict
from jawab.support.conversations.message import Author, Choice, Draft, Message
from jawab.support.handovers.handover import Due
from jawab.understanding.decision import Candidate, Outcome
from jawab.understanding.reply import Turn, reply

_SURE, _LIKELY, _UNSURE, _LOST = 0.94, 0.62, 0.34, 0.07


async def asks(scene: Scene, step: Step) -> None:
    """The shopper asks, and the assistant answers, offers what may be meant, or has not understood."""
    outcome, intents, confidence = _understood(step)
    message = await _sends(scene, step)
    turn = Turn(
        text=message.text,
        lang=scene.story.lang,
        outcome=outcome,
        intents=intents,
        shop=scene.shop,
        now=scene.clock(),
        confidence=confidence,
        candidates=tuple(Candidate(intent, confidence) for intent in intents),
        misunderstood=scene.misunderstood,
    )
    answer = reply(turn, knowledge=scene.desk.knowledge)
    scene.misunderstood = answer.misunderstood
    drafts = [
        Draft(
            "\n".join(line for line in said.text.splitlines() if line.strip()),
            answer.lang,
            tuple(Choice(button.title, dict(button.meaning)) for button in said.buttons),
        )
        for said in answer.utterances
    ]
    _answers(scene, message, drafts, _report(turn))


async def calls(scene: Scene, step: Step) -> None:
    """The shopper wants a person, whom the assistant calls."""
    reason = step.beside["because"]
    message = await _sends(scene, step)
    known = scene.desk.knowledge.words.texts
    key = f"handover_calling_{reason}"
    lang = scene.story.lang
    text = scene.desk.words.say(
        key if key in known else "handover_calling", lang=lang, shop=scene.shop
    )
    intent = "frustrated" if reason == "angry" else "talk_to_human"
    about = step.beside.get("about")
    ranked = [(intent, _SURE if about is None else _LIKELY), *([(about, _UNSURE)] if about else [])]
    report = {
        "lang": lang.value,
        "intent": intent,
        "confidence": ranked[0][1],
        "outcome": Outcome.ANSWERED.value,
        "candidates": [{"intent": one, "confidence": sure} for one, sure in ranked],
        "handover": {"reason": reason},
    }
    _answers(scene, message, [Draft(text, lang)], report)


async def says(scene: Scene, step: Step) -> None:
    """The shopper writes to the person who answers."""
    message = await _sends(scene, step)
    await scene.desk.people.heed(message)


async def votes(scene: Scene, step: Step) -> None:
    """The shopper judges the assistant's last answer."""
    said = scene.desk.store.last_words(scene.conversation_id, Author.BOT)
    if said is None:
        return
    because = step.beside.get("because")
    given = Feedback(
        scene.conversation_id,
        said.id,
        Verdict(step.what),
        scene.clock(),
        Reason(because) if because else None,
        step.beside.get("comment"),
    )
    scene.desk.feedback.keep(given, offer=scene.desk.handover_words.offer)


async def rates(scene: Scene, step: Step) -> None:
    """The shopper says what an agent's help was worth, with a word on it where there is one."""
    desk = scene.desk
    conversation = desk.store.conversation(scene.conversation_id)
    stars = scene.press(lambda meaning: meaning.get(SATISFACTION) == int(step.what))
    _by_desk(scene, stars, desk.survey.starred(conversation, stars))
    if word := step.beside.get("word"):
        scene.clock.passes(seconds=6)
        wish = scene.press(lambda meaning: bool(meaning.get(WORD)))
        _by_desk(scene, wish, desk.survey.invited(conversation, wish))
        scene.clock.passes(seconds=25)
        said = scene.accept(text=word).message
        if (thanks := desk.survey.word(conversation, said)) is not None:
            _by_desk(scene, said, thanks)


async def leaves(scene: Scene, step: Step) -> None:
    """The shopper waits no longer."""
    message = scene.press(lambda meaning: meaning.get(HANDOVER) == Wish.STOP.value)
    await scene.desk.people.heed(message)


async def nobody(scene: Scene, step: Step) -> None:
    """Nobody came, and the shopper is told so."""
    waits = scene.desk.handovers.open_of(scene.conversation_id)
    if waits is not None:
        await scene.desk.people.settle(waits, Due.NOBODY)


def _understood(step: Step) -> tuple[Outcome, tuple[str, ...], float]:
    """What the assistant made of a message: the outcome, the intents it concerns, and how sure it was."""
    if step.offered:
        return Outcome.OFFERED, step.offered, _UNSURE
    if "unclear" in step.beside:
        return Outcome.NOT_UNDERSTOOD, (), _LOST
    return Outcome.ANSWERED, (step.beside.get("intent", ""),), _SURE


async def _sends(scene: Scene, step: Step) -> Message:
    files = await scene.photo(step)
    return scene.accept(text=scene.words(step.what), attachments=files).message


def _answers(scene: Scene, message: Message, drafts: list[Draft], report: dict[str, Any]) -> None:
    """Store the assistant's answer as the desk stores it."""
    desk = scene.desk
    scene.clock.passes(seconds=1)
    turn = desk.store.turn(message.id)
    if turn is None:
        return
    conversation = desk.store.conversation(scene.conversation_id)
    turn = turn.sent()
    desk.store.keep(turn)
    desk.store.finish(
        turn.answered({"message_id": str(message.id), **report}),
        drafts,
        now=scene.clock(),
        lang=scene.story.lang,
        call=desk.people.call(report, conversation),
    )


def _by_desk(scene: Scene, message: Message, said: Draft) -> None:
    _answers(scene, message, [said], {"outcome": "desk"})


def _report(turn: Turn) -> dict[str, Any]:
    """What the assistant reports of a turn, as the actions report it."""
    return {
        "lang": turn.lang.value,
        "intent": next(iter(turn.answered), None),
        "intents": list(turn.answered),
        "follows": None,
        "confidence": turn.confidence,
        "outcome": turn.outcome.value,
        "candidates": [
            {"intent": one.intent, "confidence": one.confidence} for one in turn.candidates
        ],
    }
