"""Whoever writes waits for others no longer than the database's patience."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy.exc import TimeoutError as NoTurn

from jawab.support.database import Database, connect


@pytest.fixture
def database(tmp_path):
    made = Database(connect(f"sqlite:///{tmp_path}/x.db", patience=timedelta(milliseconds=100)))
    yield made
    made.close()


def test_a_writer_that_finds_no_end_of_another_is_told_so(database):
    with database.writing():
        told = []

        def write():
            with pytest.raises(NoTurn), database.writing():
                pass
            told.append(True)

        writers = [threading.Thread(target=write) for _ in range(3)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert told == [True] * 3
    with database.writing() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_a_writer_that_failed_lets_the_next_one_write(database):
    with pytest.raises(ValueError, match="broken"), database.writing():
        raise ValueError("broken")
    with database.writing() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_a_reading_within_another_is_part_of_it_and_ends_with_it(tmp_path):
    database = Database(connect(f"sqlite:///{tmp_path / 'x.db'}", patience=timedelta(seconds=1)))
    with database.reading() as outer, database.reading() as inner:
        assert inner is outer
    with database.reading() as later:
        assert later is not outer
    with database.reading(), database.writing() as writes, database.reading() as reads:
        assert writes is not reads
    database.close()


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_only_its_owner_reads_a_new_database(database, tmp_path, suffix):
    with database.writing() as connection:
        connection.exec_driver_sql("create table said (word text)")
    assert (tmp_path / f"x.db{suffix}").stat().st_mode & 0o077 == 0
