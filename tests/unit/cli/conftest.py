"""A small project, trained once, and one that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from jawab import training

from .small_project import build, train_into


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """A project that is trained and must not be changed."""
    root = build(tmp_path_factory.mktemp("project"))
    train_into(root, training.archive_for(root))
    return root


@pytest.fixture
def untrained(tmp_path) -> Path:
    return build(tmp_path)


@pytest.fixture
def rows(tmp_path):
    file = tmp_path / "rows.tsv"
    file.write_text(
        "text\tintent\tlang\tvariety\n"
        "چگونه کالا را مرجوع کنم\treturns_how\tfa\tformal\n"
        "متى تفتحون\tcontact_hours\tar\tgulf\n",
        "utf-8",
    )
    return file


@pytest.fixture
def dataset(tmp_path):
    file = tmp_path / "set.tsv"
    file.write_text(
        "أين طلبي\ttrack\nوين الطلب\ttrack\nأريد إرجاعه\tback\nارجع المنتج\tback\n", "utf-8"
    )
    return file
