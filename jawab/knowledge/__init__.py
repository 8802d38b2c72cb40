"""What the assistant knows: the FAQ, the shops' profiles, their calendars, and the rendering of answers.

knowledge = load(Path("."))
knowledge.answer("contact_hours", shop="souq", lang=Lang.AR, now=datetime.now(timezone.utc))
"""

from jawab.knowledge.base import Knowledge, Words
from jawab.knowledge.errors import InvalidKnowledge, KnowledgeError, Problem
from jawab.knowledge.hours import WeeklyHours
from jawab.knowledge.questions import VARIETIES, Act, Example, Question, Topic
from jawab.knowledge.shop import (
    Audience,
    Channel,
    ClosingDay,
    ClosingDays,
    Reckoning,
    Shop,
)
from jawab.knowledge.texts import Texts
from jawab.knowledge.validate import load, problems

__all__ = [
    "VARIETIES",
    "Act",
    "Audience",
    "Channel",
    "ClosingDay",
    "ClosingDays",
    "Example",
    "InvalidKnowledge",
    "Knowledge",
    "KnowledgeError",
    "Problem",
    "Question",
    "Reckoning",
    "Shop",
    "Texts",
    "Topic",
    "WeeklyHours",
    "Words",
    "load",
    "problems",
]
