"""What is due: the one question that every queue in the database asks."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, and_, or_
from sqlalchemy.sql import ColumnElement


def is_due(queue: Table, born: Column[Any], now: datetime) -> ColumnElement:
    """The rows whose moment has come.

    One that was never tried and was born in the future is due too: the clock was put back since, and by its own
    moment it would lie for as long as the clock had been ahead.
    """
    untried = and_(queue.c.attempts == 0, born > now)
    return or_(queue.c.next_attempt_at <= now, untried)
