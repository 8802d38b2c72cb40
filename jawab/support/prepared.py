"""Statements that every turn needs, handed to SQLite's driver without a general engine's steps in between.

To SQLAlchemy's core a small statement costs about eight times what SQLite takes to run it. Here it is compiled once, with the
functions that write its values and read its columns. Other databases get the statement as ever: the way to a server costs more.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from jawab.support.database import SQLITE

_Convert: TypeAlias = Callable[[Any], Any] | None


class _Compiled(NamedTuple):
    """The SQL, its values' names in order with what each is written by, and what makes a row of a tuple."""

    sql: str
    written: tuple[tuple[str, _Convert], ...]
    fixed: Mapping[str, Any]
    read: Callable[[tuple[Any, ...]], Any]


class Prepared:
    """A statement of SQLAlchemy's core, run on a connection whose transaction the caller holds.

    `columns` are those that an insert or an update fills, as far as the statement itself does not say. Values are given for all of
    them and for every bound parameter; `IN` with a list is not for here. Errors are SQLAlchemy's.
    """

    def __init__(self, statement: Any, *columns: str) -> None:
        self._statement = statement
        self._columns = columns or None
        self._compiled: _Compiled | None = None

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first row, its columns as attributes; None when there is none."""
        if connection.dialect.name != SQLITE:
            return connection.execute(self._statement, values).first()
        compiled = self._compiled or self._compile(connection)
        row = _run(connection, compiled, values).fetchone()
        return None if row is None else compiled.read(row)

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Every row."""
        if connection.dialect.name != SQLITE:
            return list(connection.execute(self._statement, values))
        compiled = self._compiled or self._compile(connection)
        return list(map(compiled.read, _run(connection, compiled, values).fetchall()))

    def changed(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run an update; how many rows it met."""
        if connection.dialect.name != SQLITE:
            return int(connection.execute(self._statement, values).rowcount)
        compiled = self._compiled or self._compile(connection)
        return int(_run(connection, compiled, values).rowcount)

    def added(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run an insert into a table whose key is a number; the new row's."""
        if connection.dialect.name != SQLITE:
            return int(connection.execute(self._statement, values).inserted_primary_key[0])
        compiled = self._compiled or self._compile(connection)
        return int(_run(connection, compiled, values).lastrowid)

    def _compile(self, connection: Connection) -> _Compiled:
        dialect = connection.dialect
        made = self._statement.compile(dialect=dialect, column_keys=self._columns)
        columns = list(getattr(self._statement, "selected_columns", ()))
        types = [column.type.dialect_impl(dialect) for column in columns]
        self._compiled = _Compiled(
            str(made),
            tuple(
                (name, made.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
                for name in made.positiontup
            ),
            {name: value for name, value in made.params.items() if value is not None},
            _reader(
                [column.key for column in columns],
                [each.result_processor(dialect, None) for each in types],
            ),
        )
        return self._compiled


def _run(connection: Connection, compiled: _Compiled, values: Mapping[str, Any]) -> Any:
    given = {**compiled.fixed, **values} if compiled.fixed else values
    written = [
        given[name] if write is None else write(given[name]) for name, write in compiled.written
    ]
    try:
        return connection.connection.dbapi_connection.execute(compiled.sql, written)
    except connection.dialect.dbapi.Error as error:
        raise DBAPIError.instance(
            compiled.sql,
            None,
            error,
            connection.dialect.dbapi.Error,
            hide_parameters=True,
            dialect=connection.dialect,
        ) from error


def _reader(names: list[str], converts: list[_Convert]) -> Callable[[tuple[Any, ...]], Any]:
    if not names:
        return tuple
    row_type: Any = namedtuple("Row", names)  # type: ignore[misc] # as many as the statement has
    changing = [(place, convert) for place, convert in enumerate(converts) if convert is not None]

    def read(row: tuple[Any, ...]) -> Any:
        values = list(row)
        for place, convert in changing:
            values[place] = convert(values[place])
        return row_type(*values)

    return read
