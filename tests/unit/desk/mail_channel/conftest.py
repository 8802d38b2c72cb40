"""A desk with a door for mails, and the mail server it sends by."""

import pytest

from ..outside import MailServer
from .post import MAIL


@pytest.fixture
def out():
    with MailServer() as server:
        yield server


@pytest.fixture
def desk(start_desk, out):
    return start_desk(smtp_url=out.url, mail_listen="127.0.0.1:0", **MAIL)
