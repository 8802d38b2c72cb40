"""What the desk raises on purpose: refusals that a client reads, and faults of the installation."""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException

SIGN_IN = "/desk/sign-in"


class DeskError(Exception):
    """The installation is not as it should be; the message says how to mend it."""


class Refusal(HTTPException):
    """A request is refused: a status, a stable code for programs, and values for the words shown.

    `fields` names, for a form, the problem of each field that has one.
    """

    def __init__(
        self,
        status: int,
        code: str,
        *,
        headers: Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
        **values: Any,
    ) -> None:
        super().__init__(status, code, headers)
        self.code = code
        self.fields = fields
        self.values = values


class SignInFirst(Exception):
    """A page is asked for by somebody who has to sign in before; they are led there."""
