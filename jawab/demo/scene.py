"""A conversation while its story is played: where it is, and what happened in it last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from jawab.demo import pictures
from jawab.demo.story import Step, Story
from jawab.desk.services import Services
from jawab.knowledge.phrases import digits
from jawab.support.agents.agent import Agent
from jawab.support.attachments.attachment import PHOTOS, Attached
from jawab.support.conversations.message import Arrival, Message
from jawab.support.conversations.store import Accepted


class Clock:
    """A clock that stands where the story is; called, it tells the moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The moment of the step that is played."""
        return self.now

    def passes(self, **time: float) -> None:
        """Some time goes by within a step."""
        self.now += timedelta(**time)


@dataclass
class Scene:
    """What a step needs to be played. `cast` are the agents by the login that stories call them by."""

    story: Story
    desk: Services
    clock: Clock
    cast: Mapping[str, Agent]
    shop: str
    order: str
    conversation_id: str = ""
    holder: Agent | None = None
    reference: str | None = None
    misunderstood: int = 0
    sent: int = field(default=0)

    def words(self, text: str) -> str:
        """A text of the story with the order's number in it, in the language's digits."""
        return text.replace("{order}", digits(self.order, self.story.lang))

    def client_id(self) -> str:
        """The sender's own id of the next thing sent."""
        self.sent += 1
        return f"demo-{self.sent}"

    def accept(self, **content: object) -> Accepted:
        """Store what the shopper sends."""
        arrival = Arrival(self.client_id(), **content)  # type: ignore[arg-type]
        return self.desk.store.accept(self.conversation_id, arrival, now=self.clock())

    def press(self, fits: Callable[[Mapping[str, object]], bool]) -> Message:
        """Let the shopper press the latest button whose meaning fits."""
        said = self.desk.store.messages_after(self.conversation_id, 0, limit=1000)
        buttons = [button for message in reversed(said) for button in message.buttons]
        found = next(button for button in buttons if fits(button.meaning))
        return self.accept(button=found.id).message

    async def photo(self, step: Step) -> tuple[str, ...]:
        """The file that goes with a step, kept as every file is; its id."""
        name = step.beside.get("photo")
        return (await self._keep(name),) if name else ()

    async def _keep(self, name: str) -> str:
        async def save(path: Path, look: Callable[[bytes], None]) -> str:
            pictures.draw(name, path)
            look(path.read_bytes())
            return f"{name}.png"

        kept: Attached = await self.desk.filing.keep(self.conversation_id, save, types=PHOTOS)
        return kept.id
