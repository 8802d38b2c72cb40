"""A person with one app open at the shop's chat: what they see, and what they can do."""

import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Choice:
    """Something to tap; `shares_number`: the app asks whether to share one's own number."""

    id: str
    title: str
    shares_number: bool = False


@dataclass(frozen=True)
class Entry:
    """A message as the app shows it. `choices` are at the message itself; a `label` opens them as a list.

    `keypad` is what stands below the chat from this message on (None: what stood there before), `once` until one has answered.
    """

    id: int
    mine: bool
    text: str = ""
    content: bytes | None = None
    name: str = ""
    choices: tuple[Choice, ...] = ()
    label: str = ""
    keypad: tuple[Choice, ...] | None = None
    once: bool = False
    edited: bool = False


class Phone(ABC):
    """What all apps share. An app's own phone says how it sends (`_say`, `_press`, …) and how it shows (`_shown`).

    The app's server knows what came from the shop; the person's own messages stand here alone, as they do on a phone.
    """

    app = ""
    number = "989121234567"

    def __init__(self, customer, shop="digikala"):
        self.customer, self.shop = customer, shop
        self.blocked = False
        self._entries = []
        self._names = {}
        self._read = 0
        self._lock = threading.RLock()

    @property
    def entries(self):
        """Everything in the chat so far, in order."""
        with self._lock:
            said = self.customer.said
            for sent in said[self._read :]:
                self._entries.append(self._shown(len(self._entries) + 1, sent))
            self._read = len(said)
            return tuple(self._entries)

    @property
    def texts(self):
        """What the shop has said."""
        return [entry.text for entry in self.entries if not entry.mine]

    @property
    def keypad(self):
        """What can be tapped below the chat."""
        answered = False
        for entry in reversed(self.entries):
            if entry.keypad is not None:
                return () if entry.once and answered else entry.keypad
            answered = answered or entry.mine
        return ()

    @property
    def choices(self):
        """What can be tapped now: of the last message that had some, or below the chat."""
        offered = [entry.choices for entry in self.entries if entry.choices]
        return (*self.keypad, *(offered[-1] if offered else ()))

    def say(self, text):
        """Write; the entry's number."""
        return self._mine(Entry(0, True, text), lambda: self._say(text))

    def photo(self, content, caption=""):
        """Send a photo."""
        return self._mine(
            Entry(0, True, caption, content, "photo.jpg"), lambda: self._photo(content, caption)
        )

    def tap(self, id):
        """Tap a choice; a button at a message leaves no trace in the chat, a key below it does."""
        choice = next((one for one in self.keypad if one.id == id), None)
        if choice is None:
            self._press(id)
        elif choice.shares_number:
            self.share_number()
        else:
            self._mine(Entry(0, True, choice.title), lambda: self._key(choice))

    def edit(self, id, text):
        """Write one's own message anew."""
        with self._lock:
            name = self._names[id]
            self._entries[id - 1] = replace(self._entries[id - 1], text=text, edited=True)
        self.customer.edit(name, text)

    def share_number(self, number=None):
        """Share one's own number, as the app does it, or somebody else's."""
        shown = Entry(0, True, f"+{number or self.number}")
        return self._mine(shown, lambda: self._contact(number or self.number, own=number is None))

    def _mine(self, entry, send):
        with self._lock:
            before = self.entries  # what came before it stands above it
            entry = replace(entry, id=len(before) + 1)
            self._entries.append(entry)
        self._names[entry.id] = send()
        return entry.id

    def _say(self, text):
        return self.customer.say(text)

    def _photo(self, content, caption):
        return self.customer.photo(content, caption=caption)

    def _press(self, id):
        self.customer.press(id)

    def _key(self, choice):
        return self._say(choice.title)

    @abstractmethod
    def _contact(self, number, *, own):
        """Send a number as the app does; returns the message's name there."""

    @abstractmethod
    def _shown(self, id, sent):
        """The entry that what was sent is seen as."""

    def block(self, blocked=True):
        """Want no more messages of this shop, or want them again."""
        self.blocked = blocked
