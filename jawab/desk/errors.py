"""The one place that makes error answers: `{"error": {"code", "message"}}`, in the reader's language."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from jawab.desk.failures import SIGN_IN, Refusal, SignInFirst
from jawab.desk.gate_words import GATE_WORDS
from jawab.desk.languages import language_of
from jawab.desk.services import Services, services_of
from jawab.knowledge.errors import KnowledgeError
from jawab.support.errors import (
    AgentAway,
    AlreadyClaimed,
    ClientIdReused,
    ContactError,
    EmptyMessage,
    FileTooLarge,
    IllegalTransition,
    InvalidTicket,
    MessageTooLong,
    NoHandover,
    NotAsked,
    NotYours,
    StaleTicket,
    StorageFull,
    SupportError,
    TooManyAttachments,
    TooManyGuesses,
    TooManyPixels,
    UnknownAgent,
    UnknownAttachment,
    UnknownButton,
    UnknownConversation,
    UnknownMessage,
    UnknownTicket,
    UnreadableFile,
    UnreadableReference,
    UnsupportedFile,
    WrongCheckSign,
)
from jawab.support.persons.identity import IdentityExpired, IdentityForged
from jawab.text.language import Lang

log = structlog.get_logger()

# Code → key in words.yml; for statuses that come from the framework, their code.
MESSAGES = {
    "invalid_request": "error_invalid_request",
    "unknown_shop": "error_unknown_shop",
    "empty_message": "empty_message",
    "message_too_long": "too_long",
    "unknown_button": "error_unknown_button",
    "unknown_question": "error_unknown_question",
    "unknown_message": "error_unknown_message",
    "unknown_attachment": "error_unknown_attachment",
    "too_many_attachments": "error_too_many_attachments",
    "unsupported_file": "attachment_unsupported",
    "unreadable_file": "error_unreadable_file",
    "file_too_large": "error_file_too_large",
    "too_many_pixels": "error_too_many_pixels",
    "storage_full": "error_storage_full",
    "link_expired": "error_link_expired",
    "client_id_reused": "error_client_id_reused",
    "invalid_ticket": "error_invalid_ticket",
    "unknown_ticket": "error_unknown_ticket",
    "unreadable_reference": "error_unreadable_reference",
    "wrong_check_sign": "error_wrong_check_sign",
    "not_asked": "error_not_asked",
    "too_many_attempts": "error_too_many_attempts",
    "token_missing": "error_token_missing",
    "token_invalid": "error_token_invalid",
    "token_expired": "error_token_expired",
    "forbidden": "error_forbidden",
    "not_found": "error_not_found",
    "method_not_allowed": "error_method_not_allowed",
    "request_too_large": "error_request_too_large",
    "sign_in_needed": "error_sign_in_needed",
    "sign_in_failed": "error_sign_in_failed",
    "already_claimed": "error_already_claimed",
    "no_handover": "error_no_handover",
    "not_yours": "error_not_yours",
    "agent_away": "error_agent_away",
    "unknown_agent": "error_unknown_agent",
    "illegal_transition": "error_illegal_transition",
    "stale_ticket": "error_stale_ticket",
    "unavailable": "error_unavailable",
    "internal": "error_internal",
}
# What can be the matter with a field of a ticket form → key in words.yml.
FIELDS = {
    problem: f"error_ticket_{problem}"
    for problem in (
        "topic",
        "name",
        "email",
        "phone",
        "contact_missing",
        "order_number",
        "order_number_missing",
        "message",
        "message_too_long",
    )
}
_BY_STATUS = {
    401: "token_invalid",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "request_too_large",
    500: "internal",
    503: "unavailable",
}
_RETRY_SECONDS = "2"


def refusal_for(error: SupportError) -> Refusal:
    """How a rule of support that was broken is told to a client."""
    match error:
        case EmptyMessage():
            return Refusal(422, "empty_message")
        case MessageTooLong(limit=limit):
            return Refusal(422, "message_too_long", limit=str(limit))
        case UnknownButton():
            return Refusal(422, "unknown_button")
        case UnknownAttachment():
            return Refusal(422, "unknown_attachment")
        case TooManyAttachments(limit=limit):
            return Refusal(422, "too_many_attachments", limit=str(limit))
        case UnsupportedFile():
            return Refusal(415, "unsupported_file")
        case UnreadableFile():
            return Refusal(422, "unreadable_file")
        case FileTooLarge(limit=limit):
            return Refusal(413, "file_too_large", limit=_megabytes(limit))
        case TooManyPixels(limit=limit):
            return Refusal(422, "too_many_pixels", limit=_megabytes(limit))
        case StorageFull():
            return Refusal(507, "storage_full")
        case IdentityExpired():
            return Refusal(403, "identity_expired")
        case IdentityForged():
            return Refusal(403, "identity_forged")
        case UnknownMessage():
            return Refusal(404, "unknown_message")
        case InvalidTicket(problems=problems):
            return Refusal(422, "invalid_ticket", fields=problems)
        case ContactError(field=field):
            return Refusal(422, "invalid_ticket", fields={field: field})
        case WrongCheckSign():
            return Refusal(422, "wrong_check_sign")
        case UnreadableReference():
            return Refusal(422, "unreadable_reference")
        case NotAsked():
            return Refusal(409, "not_asked")
        case UnknownTicket():
            return Refusal(404, "unknown_ticket")
        case ClientIdReused():
            return Refusal(409, "client_id_reused")
        case UnknownConversation():
            return Refusal(404, "not_found")
        case AlreadyClaimed(agent_name=name):
            return Refusal(409, "already_claimed", agent=name)
        case NoHandover():
            return Refusal(409, "no_handover")
        case NotYours():
            return Refusal(403, "not_yours")
        case AgentAway():
            return Refusal(409, "agent_away")
        case UnknownAgent():
            return Refusal(422, "unknown_agent")
        case IllegalTransition():
            return Refusal(409, "illegal_transition")
        case StaleTicket():
            return Refusal(409, "stale_ticket")
        case TooManyGuesses(seconds=seconds):
            headers = {"Retry-After": str(seconds)}
            minutes = str(-(-seconds // 60))
            return Refusal(429, "too_many_attempts", headers=headers, minutes=minutes)
    return Refusal(500, "internal")


def _megabytes(number: int) -> str:
    return f"{number / 1_000_000:.1f}".removesuffix(".0")


async def error_response(
    request: Request, refusal: Refusal, *, shop: object = None
) -> JSONResponse:
    """The answer to a refused request."""
    services = services_of(request)
    lang = await language_of(request, services, shop=shop)
    error: dict[str, object] = {"code": refusal.code, "message": refusal.code}
    try:
        error["message"] = _message(services, refusal, lang)
        if refusal.fields:
            limit = str(services.settings.max_message_length)
            error["fields"] = {
                field: services.words.say(FIELDS[problem], lang=lang, limit=limit)
                for field, problem in refusal.fields.items()
            }
    except KnowledgeError:
        log.error("words.missing", key=refusal.code)
    return JSONResponse(
        {"error": error},
        status_code=refusal.status_code,
        headers={**(refusal.headers or {}), "Content-Language": lang.value},
    )


def _message(services: Services, refusal: Refusal, lang: Lang) -> str:
    if refusal.code in GATE_WORDS:
        return GATE_WORDS[refusal.code][lang].format(**refusal.values)
    return services.words.say(MESSAGES[refusal.code], lang=lang, **refusal.values)


def install(app: FastAPI) -> None:
    """Let every error of the application end in `error_response`."""

    async def refused(request: Request, error: Refusal) -> JSONResponse:
        return await error_response(request, error)

    async def framework(request: Request, error: HTTPException) -> JSONResponse:
        # FastAPI answers 422 or 400 to a body that is none, by what about it is wrong first; to clients it is one thing.
        status = 422 if error.status_code == 400 else error.status_code
        code = _BY_STATUS.get(status, "invalid_request")
        refusal = Refusal(status, code, headers=error.headers)
        return await error_response(request, refusal)

    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        # The error's own text quotes the input, so it goes nowhere.
        shop = error.body.get("shop") if isinstance(error.body, dict) else None
        return await error_response(request, Refusal(422, "invalid_request"), shop=shop)

    async def rule(request: Request, error: SupportError) -> JSONResponse:
        return await error_response(request, refusal_for(error))

    async def database(request: Request, error: Exception) -> JSONResponse:
        log.error("database.away", problem=type(error).__qualname__)
        refusal = Refusal(503, "unavailable", headers={"Retry-After": _RETRY_SECONDS})
        return await error_response(request, refusal)

    async def sign_in_first(request: Request, _error: SignInFirst) -> RedirectResponse:
        return RedirectResponse(SIGN_IN, status_code=307 if request.method == "GET" else 303)

    handlers = {
        SignInFirst: sign_in_first,
        Refusal: refused,
        HTTPException: framework,
        RequestValidationError: malformed,
        SupportError: rule,
        OperationalError: database,
        InterfaceError: database,
        PoolTimeout: database,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)  # type: ignore[arg-type]
