"""What happens to a story's ticket, by the same calls as the agents' pages make."""

from jawab.demo.scene import Scene
from jawab.demo.story import Step
from jawab.desk.ticket_schemas import NewTicketIn
from jawab.desk.tickets import open_with
from jawab.support.conversations.conversation import EMAIL
from jawab.support.tickets import ticket
from jawab.support.tickets.ticket import Origin, Priority, Ticket, TicketState


async def opens(scene: Scene, step: Step) -> None:
    """The shopper fills in a ticket: `topic` or `topic/subtopic`."""
    topic, _, subtopic = step.what.partition("/")
    conversation = scene.desk.store.conversation(scene.conversation_id)
    body = NewTicketIn(
        client_id=scene.client_id(),
        topic=topic,
        subtopic=subtopic or None,
        name=scene.story.shopper,
        email=f"order-{scene.order}@example.com",
        order_number=scene.order,
        message=scene.words(step.beside["text"]),
        attachments=list(await scene.photo(step)),
    )
    origin = Origin.EMAIL if scene.story.channel == EMAIL else Origin.WIDGET
    scene.reference = open_with(scene.desk, conversation, body, origin=origin).reference


async def assigns(scene: Scene, step: Step) -> None:
    """An agent takes the ticket up."""
    who = _who(scene, step.what)
    found = scene.desk.tickets.assign(_reference(scene), who, who=who, at=scene.clock())
    if found.state is TicketState.NEW:
        _move(scene, TicketState.OPEN, who)


async def prioritises(scene: Scene, step: Step) -> None:
    """An agent lets the ticket press more, or less."""
    priority = Priority[step.what.upper()]
    who = _who(scene, step.beside["by"])
    scene.desk.tickets.prioritise(_reference(scene), priority, who=who, at=scene.clock())


async def remarks(scene: Scene, step: Step) -> None:
    """An agent adds a note that only agents read."""
    who = _who(scene, step.beside["by"])
    scene.desk.tickets.note(_reference(scene), scene.words(step.what), who=who, at=scene.clock())


async def answers(scene: Scene, step: Step) -> None:
    """An agent answers, in the ticket and in its conversation."""
    text, by = scene.words(step.what), step.beside["by"]
    scene.desk.replies.write(
        scene.conversation_id,
        scene.cast[by],
        client_id=scene.client_id(),
        text=text,
        now=scene.clock(),
        holding=False,
        attachments=await scene.photo(step),
    )
    scene.desk.tickets.reply(_reference(scene), text, who=_who(scene, by), at=scene.clock())


async def moves(scene: Scene, step: Step) -> None:
    """An agent moves the ticket on; where it is solved, the shopper is asked what the help was worth."""
    by = step.beside["by"]
    state = TicketState(step.what)
    moved = _move(scene, state, _who(scene, by))
    if state is TicketState.SOLVED:
        await scene.desk.survey.ask(
            scene.conversation_id, agent_id=scene.cast[by].id, reference=moved.reference
        )


def _move(scene: Scene, state: TicketState, who: str) -> Ticket:
    return scene.desk.tickets.move(_reference(scene), state, who=who, at=scene.clock())


def _who(scene: Scene, login: str) -> str:
    return ticket.agent(str(scene.cast[login].id))


def _reference(scene: Scene) -> str:
    if scene.reference is None:
        raise ValueError(f"no ticket was opened for order {scene.order}")
    return scene.reference
