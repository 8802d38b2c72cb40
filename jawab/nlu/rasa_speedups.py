"""Two places of Rasa 3.6.21 that cost more per message than everything Jawab does, made cheap.

`RemoteAction._validate_action_result` builds a validator and checks Rasa's large event schema against its meta-schema
at every action call, 55 ms on two cores; a validator built once costs 0.04 ms. `all_subclasses` walks the tree of event
classes for every event of every tracker that is read; the tree does not change once Rasa is imported.

This is the only module that changes Rasa's insides. It refuses to touch any version but the one it was written for, and
tests/nlu/test_rasa_speedups.py fails when Rasa changes what is replaced here.
"""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from typing import Any

WRITTEN_FOR = "3.6.21"

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def apply() -> bool:
    """Replace both places once; return False, and say so in the log, under another version of Rasa."""
    import rasa

    if rasa.__version__ != WRITTEN_FOR:
        logger.warning(
            "rasa_speedups.skipped rasa=%s written_for=%s", rasa.__version__, WRITTEN_FOR
        )
        return False
    _validate_with_one_validator()
    _remember_subclasses()
    return True


def _validate_with_one_validator() -> None:
    from jsonschema import ValidationError
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        for error in validator.iter_errors(result):
            # The message would quote what the action said to the shopper; the path is enough to find the fault.
            where = "/".join(str(step) for step in error.absolute_path) or "(top)"
            raise ValidationError(
                f"the action server's result of {self.name()} is malformed at {where}"
            )
        return True

    RemoteAction._validate_action_result = validate


def _remember_subclasses() -> None:
    import rasa.shared.utils.common as common

    original = common.all_subclasses

    @cache
    def remembered(cls: Any) -> tuple[Any, ...]:
        return tuple(original(cls))

    def all_subclasses(cls: Any) -> list[Any]:
        return list(remembered(cls))

    common.all_subclasses = all_subclasses
