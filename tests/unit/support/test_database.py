"""Whoever writes waits for others no longer than the database's patience."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
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


@pytest.fixture
def words(database):
    with database.writing() as connection:
        connection.exec_driver_sql("create table said (word text unique)")

    def say(word):
        with database.writing() as connection:
            connection.exec_driver_sql("insert into said values (?)", (word,))
        return word

    def said():
        with database.reading() as connection:
            return connection.exec_driver_sql("select word from said").scalars().all()

    say.said = said
    return say


def test_what_is_written_together_is_committed_once(database, words):
    commits = []
    event.listen(database.engine, "commit", commits.append)
    told = database.write_together([partial(words, word) for word in ("سلام", "مرحبا", "hello")])
    assert [each.value for each in told] == words.said() == ["سلام", "مرحبا", "hello"]
    assert len(commits) == 1 + 1  # the other one ended the look


def test_a_job_reads_what_the_jobs_before_it_have_written(database, words):
    told = database.write_together([partial(words, "سلام"), words.said])
    assert told[1].value == ["سلام"]


def test_a_job_that_fails_is_undone_alone(database, words):
    def breaks_off():
        with database.writing() as connection:
            connection.exec_driver_sql("insert into said values ('half')")
            raise ValueError("broken")

    first, broken, double, last = database.write_together(
        [partial(words, "سلام"), breaks_off, partial(words, "سلام"), partial(words, "مرحبا")]
    )
    assert isinstance(broken.error, ValueError)
    assert isinstance(double.error, IntegrityError)
    assert (first.value, last.value) == ("سلام", "مرحبا")
    assert words.said() == ["سلام", "مرحبا"]


def test_a_job_that_has_the_whole_transaction_undone_takes_nothing_from_the_others(database, words):
    def full_disk():
        with database.writing() as connection:
            connection.exec_driver_sql("ROLLBACK")
            raise OSError("no space left on device")

    first, full, last = database.write_together(
        [partial(words, "سلام"), full_disk, partial(words, "مرحبا")]
    )
    assert isinstance(full.error, OSError)
    assert (first.value, last.value) == ("سلام", "مرحبا")
    assert words.said() == ["سلام", "مرحبا"]


def test_what_cannot_be_committed_is_nobodys(database, words):
    def refuses(connection):
        raise OSError("no space left on device")

    event.listen(database.engine, "commit", refuses)
    told = database.write_together([partial(words, "سلام"), partial(words, "مرحبا")])
    event.remove(database.engine, "commit", refuses)
    assert [type(each.error) for each in told] == [OSError] * 2
    assert words.said() == []
    assert words("after") in words.said()


def test_what_cannot_be_begun_fails_for_all(database, words):
    told = []
    with database.writing():
        jobs = [partial(words, "سلام"), partial(words, "مرحبا")]
        writer = threading.Thread(target=lambda: told.extend(database.write_together(jobs)))
        writer.start()
        writer.join()
    assert [type(each.error) for each in told] == [NoTurn] * 2
    assert words.said() == []
