"""Where messaging apps bring their updates. Who has not the secret gets 403 and no word; everything else 200 once it is stored."""

from fastapi import APIRouter, Request, Response

from jawab.desk.services import Desk

router = APIRouter(prefix="/channels", include_in_schema=False)


@router.post("/{account}")
@router.post("/{account}/{path:path}")
async def bring(account: str, request: Request, desk: Desk, path: str = "") -> Response:
    """Take an update of this account."""
    open_account = desk.channels.accounts.get(account)
    body = await request.body()
    headers = {name.lower(): value for name, value in request.headers.items()}
    if open_account is None or not open_account.channel.verify(headers, body, path):
        return Response(status_code=403)
    incoming = open_account.channel.receive(body)
    if incoming:
        await desk.channels.intake.store(account, incoming)
    return Response(status_code=200)


@router.get("/{account}")
@router.get("/{account}/{path:path}")
async def ask(account: str, request: Request, desk: Desk, path: str = "") -> Response:
    """Answer an app that wants to know whether the address is ours."""
    open_account = desk.channels.accounts.get(account)
    query = dict(request.query_params)
    answer = open_account.channel.handshake(query, path) if open_account else None
    if answer is None:
        return Response(status_code=403)
    return Response(answer, media_type="text/plain")
