"""The actions.py of a stock project: a custom action that looks its answer up. Copied into the project, imported nowhere."""

import json
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

ANSWERS = json.loads(Path("answers.json").read_text("utf-8"))


class ActionAnswer(Action):  # type: ignore[misc]
    """Says the answer to the latest message's intent."""

    def name(self) -> str:
        """Return the name the domain knows."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter it."""
        dispatcher.utter_message(text=ANSWERS[tracker.latest_message["intent"]["name"]])
        return []
