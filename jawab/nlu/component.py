"""What our graph components have in common."""

from __future__ import annotations

from typing import Any

from jawab.training import code_fingerprint


class OfThisCode:
    """A component whose results Rasa keeps from one training to the next only as long as the code behind it is the same.

    Rasa itself looks at the component's class alone, not at what it imports. First among the bases.
    """

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Return what makes a kept result another one's (Rasa's interface)."""
        return code_fingerprint()
