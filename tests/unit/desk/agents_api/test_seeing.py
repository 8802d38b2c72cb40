"""What agents are shown of a conversation."""

from ..colleague import called


def test_the_agent_sees_how_the_bot_understood_what_was_named_and_the_verdict(desk, sara):
    chat = desk.begin("souq", lang="en")
    (answer,) = chat.ask("where is order 123456789")
    desk.http.post(
        f"{chat.path}/messages/{answer['id']}/feedback",
        json={"value": "down", "reason": "wrong"},
        headers=chat.headers,
    )
    chat.ask("a person please")
    messages = sara.get(f"/conversations/{chat.id}")["messages"]
    asked = next(m for m in messages if "123456789" in m["text"])
    assert asked["lang"] == "en"
    assert asked["understanding"]["intent"] == "returns_how"
    assert asked["understanding"]["confidence"] == 0.93
    assert asked["understanding"]["candidates"] == [{"intent": "returns_how", "confidence": 0.93}]
    (entity,) = asked["understanding"]["entities"]
    assert (entity["kind"], entity["value"]) == ("order_number", "123456789")
    judged = next(m for m in messages if m["id"] == answer["id"])
    assert judged["feedback"] == {"value": "down", "reason": "wrong", "comment": None}


def test_the_transcript_comes_page_by_page(desk, sara):
    chat = called(desk)
    for number in range(210):
        chat.send(str(number))
    first = sara.get(f"/conversations/{chat.id}")
    rest = sara.get(f"/conversations/{chat.id}?after={first['messages'][-1]['id']}")
    assert (first["more"], rest["more"]) == (True, False)
    texts = [m["text"] for m in first["messages"] + rest["messages"]]
    assert texts[-210:] == [str(number) for number in range(210)]
