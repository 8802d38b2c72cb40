"""Agents' accounts as the owner administers them: every deed and its line in the audit are one transaction."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from jawab.support.agents import audit as agent_audit
from jawab.support.agents import passwords
from jawab.support.agents.agent import Agent, NewAgent, Presence, Role
from jawab.support.agents.audit import AuditLine, Deed
from jawab.support.agents.store import find_agent, folded, from_agent
from jawab.support.agents.tables import agent_sessions, agents
from jawab.support.database import Database
from jawab.support.errors import LastOwner, LoginTaken

_PASSWORD_BYTES = 12
_CHANGEABLE = ("name", "role", "shops", "queues", "languages")


def new_password() -> str:
    """A password nobody has thought of, to be shown once and given on."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)


class AgentAdministration:
    """Adds, changes, lets in and out; the last owner who may come in stays one. `by` is the name of who does it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: NewAgent, password: str, *, by: str, now: datetime) -> Agent:
        """Add an account; `LoginTaken`, `PasswordTooWeak`."""
        values = {**from_agent(new), "password": passwords.hashed(password), "created_at": now}
        try:
            with self._database.writing() as connection:
                made = connection.execute(insert(agents).values(values)).inserted_primary_key[0]
                told = {field: [None, values[field]] for field in _CHANGEABLE}
                agent_audit.note(connection, values["login"], Deed.ADDED, by=by, at=now, data=told)
                return find_agent(connection, made)
        except IntegrityError:
            raise LoginTaken(f"there is an agent {folded(new.login)} already") from None

    def change(self, agent_id: int, new: NewAgent, *, by: str, now: datetime) -> Agent:
        """Give an account another name, role, shops, queues and languages; the login stays. `LastOwner`."""
        with self._database.writing() as connection:
            before = find_agent(connection, agent_id)
            old, wanted = from_agent(before), from_agent(new)
            told = {
                field: [old[field], wanted[field]]
                for field in _CHANGEABLE
                if old[field] != wanted[field]
            }
            if not told:
                return before
            if new.role is not Role.OWNER:
                _keep_an_owner(connection, before)
            values = {field: after for field, (_, after) in told.items()}
            connection.execute(update(agents).where(agents.c.id == agent_id).values(values))
            agent_audit.note(connection, before.login, Deed.CHANGED, by=by, at=now, data=told)
            return find_agent(connection, agent_id)

    def set_password(self, agent_id: int, password: str, *, by: str, now: datetime) -> None:
        """Give an account another password and end its sessions; `PasswordTooWeak`."""
        self._do(agent_id, Deed.PASSWORD, by, now, password=passwords.hashed(password))

    def set_active(self, agent_id: int, active: bool, *, by: str, now: datetime) -> None:
        """Let an agent in again, or no more, and end their sessions; `LastOwner`."""
        deed = Deed.ENABLED if active else Deed.DISABLED
        self._do(agent_id, deed, by, now, active=active, presence=Presence.AWAY.value)

    def sign_out(self, agent_id: int, *, by: str, now: datetime) -> None:
        """End an agent's sessions everywhere."""
        self._do(agent_id, Deed.SIGNED_OUT, by, now, presence=Presence.AWAY.value)

    def audit(self, *, limit: int) -> tuple[AuditLine, ...]:
        """What was done last and who came in last, so many of each, the latest first."""
        with self._database.reading() as connection:
            found = (
                *agent_audit.lines(connection, of=agent_audit.ACCOUNTS, limit=limit),
                *agent_audit.lines(connection, of=agent_audit.SIGN_INS, limit=limit),
            )
        return tuple(sorted(found, key=lambda line: line.at, reverse=True))

    def note_sign_in(self, login: str, *, right: bool, address: str, now: datetime) -> None:
        """Write down who came in or tried to; a login that nobody has leaves no line."""
        deed = Deed.SIGNED_IN if right else Deed.REFUSED
        with self._database.writing() as connection:
            known = connection.execute(select(agents.c.id).where(agents.c.login == login)).first()
            if known is not None:
                agent_audit.note(connection, login, deed, by=address, at=now)

    def _do(self, agent_id: int, deed: Deed, by: str, now: datetime, **values: Any) -> None:
        with self._database.writing() as connection:
            agent = find_agent(connection, agent_id)
            if deed is Deed.DISABLED:
                _keep_an_owner(connection, agent)
            connection.execute(update(agents).where(agents.c.id == agent_id).values(values))
            connection.execute(delete(agent_sessions).where(agent_sessions.c.agent_id == agent_id))
            agent_audit.note(connection, agent.login, deed, by=by, at=now)


def _keep_an_owner(connection: Connection, leaving: Agent) -> None:
    """Refuse to lose the last owner who may come in; the rows are locked where the database locks rows."""
    if leaving.role is not Role.OWNER or not leaving.active:
        return
    owners = (
        select(agents.c.id)
        .where(agents.c.role == Role.OWNER.value, agents.c.active.is_(True))
        .with_for_update()
    )
    if len(connection.execute(owners).all()) < 2:
        raise LastOwner("somebody must stay who may do everything")
