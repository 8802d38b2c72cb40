"""An owner in front of the desk's pages: opens one, fills in a form of it, sends it."""

import re
from html import unescape

from jawab.support.agents.agent import Role

from .colleague import hired

FIELD = re.compile(r'name="(form_token|seen)" value="([^"]*)"')


class Visitor:
    """A browser without scripts, signed in."""

    def __init__(self, desk, login="owner", role=Role.OWNER, **more):
        self.desk = desk
        self.agent = hired(desk, login, "سارا", role=role, **more)
        self.cookies = {"Cookie": f"jawab-desk={self.agent.token}"}

    def open(self, path, status=200):
        response = self.desk.http.get(path, headers=self.cookies, follow_redirects=True)
        assert response.status_code == status, response.text
        return unescape(response.text)

    def token(self, path):
        return dict(FIELD.findall(self.open(path)))["form_token"]

    def send(self, path, status=303, **fields):
        """POST a form as the page would; returns the text that is shown then."""
        response = self.desk.http.post(
            path,
            data={"form_token": self.token(path), **fields},
            headers=self.cookies,
        )
        assert response.status_code == status, response.text
        if status == 303:
            return self.open(response.headers["location"])
        return unescape(response.text)
