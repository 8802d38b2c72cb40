"""What agents do in a story: take a conversation, answer, note, give it on, end it; and their accounts."""

from collections.abc import Mapping
from datetime import datetime

from jawab.demo.scene import Scene
from jawab.demo.story import Step
from jawab.support.agents.administration import AgentAdministration
from jawab.support.agents.agent import Agent, NewAgent, Presence, Role
from jawab.support.agents.store import AgentStore
from jawab.support.errors import LoginTaken
from jawab.support.handovers.handover import Ending
from jawab.support.tickets.ticket import Queue

BY = "jawab demo-data"
# Named by what they look after, in the language in which the stories let them write.
ACCOUNTS = (
    NewAgent("owner", "سرپرست پشتیبانی", Role.OWNER),
    NewAgent("returns", "میز مرجوعی", Role.AGENT),
    NewAgent("orders", "متابعة الطلبات", Role.AGENT),
    NewAgent("evening", "Evening desk", Role.LEAD),
)


def cast(
    agents: AgentStore, accounts: AgentAdministration, *, password: str, now: datetime
) -> tuple[Mapping[str, Agent], tuple[str, ...]]:
    """The agents by login, and the logins that are new and have this password."""
    new = []
    for account in ACCOUNTS:
        try:
            accounts.add(account, password, by=BY, now=now)
            new.append(account.login)
        except LoginTaken:
            continue
    return {one.login: agents.named(one.login) for one in ACCOUNTS}, tuple(new)


async def takes(scene: Scene, step: Step) -> None:
    """An agent takes the conversation out of the queue."""
    scene.holder = scene.cast[step.what]
    await scene.desk.people.claim(scene.conversation_id, scene.holder)


async def reopens(scene: Scene, step: Step) -> None:
    """An agent takes up the conversation again."""
    scene.holder = scene.cast[step.what]
    await scene.desk.people.reopen(scene.conversation_id, scene.holder)


async def writes(scene: Scene, step: Step) -> None:
    """The agent writes to the shopper."""
    files = await scene.photo(step)
    scene.desk.replies.write(
        scene.conversation_id,
        _holder(scene),
        client_id=scene.client_id(),
        text=scene.words(step.what),
        now=scene.clock(),
        attachments=files,
    )


async def notes(scene: Scene, step: Step) -> None:
    """The agent notes something for colleagues."""
    text = scene.words(step.what)
    scene.desk.notes.add(scene.conversation_id, _holder(scene), text, now=scene.clock())


async def gives(scene: Scene, step: Step) -> None:
    """The agent gives the conversation to a colleague or to a queue, with a note on why."""
    by = _holder(scene)
    goal: Agent | Queue
    if step.what in scene.cast:
        goal = scene.holder = scene.cast[step.what]
        scene.desk.agents.be(goal.id, Presence.ONLINE, now=scene.clock())
    else:
        goal = Queue(step.what)
    note = step.beside.get("because")
    await scene.desk.people.transfer(scene.conversation_id, by, goal, note=note)


async def closes(scene: Scene, step: Step) -> None:
    """The agent is through with it; the shopper is asked what the help was worth."""
    await scene.desk.people.finish(scene.conversation_id, _holder(scene), Ending.CLOSED)


def _holder(scene: Scene) -> Agent:
    if scene.holder is None:
        raise ValueError(f"nobody has taken the conversation of order {scene.order}")
    return scene.holder
