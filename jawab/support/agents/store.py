"""Agents and their sessions in SQL."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from jawab.support.agents import passwords
from jawab.support.agents.agent import Agent, NewAgent, Presence, Role
from jawab.support.agents.tables import agent_sessions, agents
from jawab.support.database import Database
from jawab.support.errors import LoginTaken, UnknownAgent
from jawab.support.prepared import Prepared
from jawab.support.texts import storable
from jawab.support.tickets.ticket import Queue
from jawab.text.language import Lang

_TOKEN_BYTES = 32


class AgentStore:
    """Who answers, how they prove it, and whether they are there. Of a token only its hash is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, new: NewAgent, password: str, *, now: datetime) -> Agent:
        """Store an agent; `LoginTaken` when the login belongs to one, `PasswordTooWeak`."""
        values = {**from_agent(new), "password": passwords.hashed(password), "created_at": now}
        try:
            with self._database.writing() as connection:
                made = connection.execute(insert(agents).values(values)).inserted_primary_key[0]
                return find_agent(connection, made)
        except IntegrityError:
            raise LoginTaken(f"there is an agent {folded(new.login)} already") from None

    def everybody(self) -> tuple[Agent, ...]:
        """Every agent, by login."""
        with self._database.reading() as connection:
            found = connection.execute(select(agents).order_by(agents.c.login))
            return tuple(map(to_agent, found))

    def get(self, agent_id: int) -> Agent:
        """The agent with this id, or `UnknownAgent`."""
        with self._database.reading() as connection:
            return find_agent(connection, agent_id)

    def named(self, login: str) -> Agent:
        """The agent with this login, or `UnknownAgent`."""
        with self._database.reading() as connection:
            here = agents.c.login == folded(login)
            row = connection.execute(select(agents).where(here)).first()
            if row is None:
                raise UnknownAgent(f"there is no agent {folded(login)}")
            return to_agent(row)

    def sign_in(self, login: str, password: str) -> Agent | None:
        """The agent whom login and password name, None when they name nobody who may come in."""
        with self._database.reading() as connection:
            here = agents.c.login == folded(login)
            row = connection.execute(select(agents).where(here)).first()
        if not passwords.matches(row.password if row else None, password):
            return None
        if passwords.is_outdated(row.password):
            with self._database.writing() as connection:
                connection.execute(
                    update(agents).where(here).values(password=passwords.hashed(password))
                )
        return to_agent(row) if row.active else None

    def open_session(
        self, agent_id: int, *, now: datetime, lifetime: timedelta, instead_of: str | None = None
    ) -> str:
        """A new token for the agent; the one it replaces, and all that have expired, open nothing more."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._database.writing() as connection:
            find_agent(connection, agent_id)
            old = agent_sessions.c.expires_at <= now
            if instead_of is not None:
                old |= agent_sessions.c.token_hash == _hash(instead_of)
            connection.execute(delete(agent_sessions).where(old))
            connection.execute(
                insert(agent_sessions).values(
                    token_hash=_hash(token),
                    agent_id=agent_id,
                    created_at=now,
                    expires_at=now + lifetime,
                )
            )
        return token

    def of_token(self, token: str, *, now: datetime) -> Agent | None:
        """The agent whom this token opens the desk to, None when it opens nothing."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(agents)
                .join(agent_sessions, agent_sessions.c.agent_id == agents.c.id)
                .where(
                    agent_sessions.c.token_hash == _hash(token),
                    agent_sessions.c.expires_at > now,
                    agents.c.active.is_(True),
                )
            ).first()
            return to_agent(row) if row else None

    def close_session(self, token: str) -> None:
        """Let this token open nothing more."""
        with self._database.writing() as connection:
            connection.execute(
                delete(agent_sessions).where(agent_sessions.c.token_hash == _hash(token))
            )

    def be(self, agent_id: int, presence: Presence, *, now: datetime) -> Agent:
        """Note what the agent says of themselves."""
        with self._database.writing() as connection:
            connection.execute(
                update(agents)
                .where(agents.c.id == agent_id)
                .values(presence=presence.value, seen_at=now)
            )
            return find_agent(connection, agent_id)

    def seen(self, agent_id: int, *, now: datetime) -> None:
        """Note that the agent's page was heard of."""
        with self._database.writing() as connection:
            connection.execute(update(agents).where(agents.c.id == agent_id).values(seen_at=now))

    def present(self, *, now: datetime, lifetime: timedelta) -> tuple[Agent, ...]:
        """The agents who are online and were heard of within `lifetime`."""
        with self._database.reading() as connection:
            return present_agents(connection, now=now, lifetime=lifetime)

    def count(self) -> int:
        """How many agents there are, those who may not come in included."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(agents)).scalar_one())


def folded(login: str) -> str:
    """The form in which logins are compared.

    >>> folded(" Sara@Shop.example ")
    'sara@shop.example'
    """
    return storable(login).strip().casefold()


def find_agent(connection: Connection, agent_id: int) -> Agent:
    """The agent with this id, or `UnknownAgent`."""
    row = connection.execute(select(agents).where(agents.c.id == agent_id)).first()
    if row is None:
        raise UnknownAgent("there is no agent with this id")
    return to_agent(row)


_PRESENT = Prepared(
    select(agents).where(
        agents.c.active.is_(True),
        agents.c.presence == Presence.ONLINE.value,
        agents.c.seen_at > bindparam("heard_of"),
    )
)


def present_agents(
    connection: Connection, *, now: datetime, lifetime: timedelta
) -> tuple[Agent, ...]:
    """The agents who are online and were heard of within `lifetime`."""
    found = _PRESENT.all(connection, {"heard_of": now - lifetime})
    return tuple(map(to_agent, found))


def to_agent(row: Any) -> Agent:
    """A row of `agents`, without the password's hash."""
    return Agent(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        shops=tuple(row.shops),
        queues=tuple(map(Queue, row.queues)),
        languages=tuple(map(Lang, row.languages)),
        active=row.active,
        presence=Presence(row.presence),
        seen_at=row.seen_at,
    )


def from_agent(new: NewAgent) -> dict[str, Any]:
    """The values of a row of `agents` for an account that is new."""
    named = replace(new, login=folded(new.login), name=storable(new.name).strip())
    return {
        "login": named.login,
        "name": named.name,
        "role": named.role.value,
        "shops": list(named.shops),
        "queues": [queue.value for queue in named.queues],
        "languages": [lang.value for lang in named.languages],
        "active": True,
        "presence": Presence.AWAY.value,
        "seen_at": None,
    }


def _hash(token: str) -> str:
    # Tokens are 256 random bits: nobody guesses one from its hash, so a slow hash would only cost time.
    return hashlib.sha256(token.encode()).hexdigest()
