"""What lies outside: the accounts of messaging apps, the mail server, the mailboxes. Asks them, so it needs the network."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Iterator, Sequence

from jawab import mail_check
from jawab.channels.account import Account
from jawab.channels.accounts import client_of, load, open_channel
from jawab.channels.contract import ChannelError
from jawab.desk.failures import DeskError
from jawab.desk.mail.mailer import SmtpServer
from jawab.doctor.finding import Finding, broken, note, warning, well
from jawab.settings import Settings

_SECONDS = 10.0


def channels(settings: Settings, *, shops: Sequence[str], ask: bool) -> Iterator[Finding]:
    """Whether the file of accounts is in order, and each app takes its account."""
    try:
        accounts = load(settings.channels_file, shops=tuple(shops))
    except ChannelError as error:
        yield broken("channels", str(error), f"mend {settings.channels_file}")
        return
    if not accounts:
        yield note("channels", "no messaging app is set up", "jawab channel add APP --shop SHOP")
    for account in accounts:
        if not ask:
            yield note("channels", f"{account.name} was not asked")
            continue
        try:
            told = asyncio.run(_checked(account))
        except ChannelError as error:
            yield broken("channels", str(error), f"jawab channel check {account.name}")
        except asyncio.TimeoutError:
            yield broken(
                "channels",
                f"{account.name}: the app does not answer",
                "is the app reached from here? an account may have a proxy (docs/channels.md)",
            )
        else:
            yield well("channels", f"{account.name} is {told}")


async def _checked(account: Account) -> str:
    async with client_of(account) as client:
        return await asyncio.wait_for(open_channel(account, client).check(), _SECONDS)


def mail(settings: Settings, *, ask: bool) -> Iterator[Finding]:
    """Whether mail can leave, and mailboxes can be read."""
    if settings.smtp_url is None:
        yield note("mail", "no mail server is set: shoppers get no notices", "docs/email.md")
        return
    try:
        server = SmtpServer.parse(settings.smtp_url.get_secret_value())
    except DeskError as error:
        yield broken("mail", str(error), "mend JAWAB_SMTP_URL")
        return
    if not ask:
        yield note("mail", f"{server.host} was not asked")
        return
    yield _handed_in(server)
    for way in mail_check.tried(settings):
        told = f"{way.name}: {way.told}"
        yield broken("mail", told, "mend JAWAB_MAILBOXES") if way.problem else well("mail", told)


def _handed_in(server: SmtpServer) -> Finding:
    """Whether the mail server takes us; nothing is sent."""
    kind = smtplib.SMTP_SSL if server.tls else smtplib.SMTP
    try:
        with kind(server.host, server.port, timeout=_SECONDS) as smtp:
            smtp.ehlo()
            offers = smtp.has_extn("starttls")
            if server.starttls is not False and (offers or server.starttls):
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo()
            if server.username is not None:
                smtp.login(server.username, server.password or "")
    except smtplib.SMTPAuthenticationError:
        told = f"{server.host} does not take the user or the password"
        return broken("mail", told, "mend them in JAWAB_SMTP_URL")
    except (smtplib.SMTPException, OSError) as error:
        told = f"{server.host}:{server.port} takes no mail ({type(error).__qualname__})"
        return broken("mail", told, "mend host, port or smtps:// in JAWAB_SMTP_URL")
    if not (server.tls or offers):
        return warning("mail", f"{server.host} takes mail unencrypted", "use smtps:// if it can")
    return well("mail", f"{server.host} takes mail")
