"""A mail program: mails to the shop go to the desk's own door, mails from it come into a mailbox."""

import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid

from .phone import Entry, Phone

DOOR_SECONDS = 30


class Correspondent:
    """A person with an address; `said` are the mails that have come to it."""

    def __init__(self, box, door, shop_address, address, name="نرگس رضایی"):
        self.box, self.door, self.shop_address = box, door, shop_address
        self.address, self.name = address, name

    @property
    def said(self):
        return [mail for mail in self.box.mails if self.address in mail["To"]]

    def send(self, text, *, file=None):
        """Write to the shop, in answer to its last mail if there is one."""
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = f"{self.name} <{self.address}>", self.shop_address
        mail["Message-ID"] = make_msgid(domain="example.com")
        if last := self.said[-1:]:
            mail["Subject"] = last[0]["Subject"]
            mail["In-Reply-To"] = mail["References"] = last[0]["Message-ID"]
        else:
            mail["Subject"] = text.strip().splitlines()[0][:60]
        mail.set_content(text or " ")
        if file:
            mail.add_attachment(file, maintype="image", subtype="jpeg", filename="photo.jpg")
        host, _, port = self.door.partition(":")
        with smtplib.SMTP(host, int(port), timeout=DOOR_SECONDS) as smtp:
            smtp.send_message(mail, self.address, [self.shop_address])
        return mail["Message-ID"]


class MailPhone(Phone):
    """Mails to and from the shop, one thread."""

    app = "mail"

    def _say(self, text):
        return self.customer.send(text)

    def _photo(self, content, caption):
        return self.customer.send(caption, file=content)

    def _contact(self, number, *, own):
        return self._say(f"+{number}")  # a mail knows no contacts: the number is words like others

    def _shown(self, id, sent):
        body = sent.get_body(("plain",)).get_content().strip()
        return Entry(id, False, f"{sent['Subject']}\n\n{body}")
