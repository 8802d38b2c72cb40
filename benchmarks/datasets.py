"""Where the data sets of others stand, and the plain word about those that are missing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from jawab.text.language import Lang

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "eval"


@dataclass(frozen=True)
class Dataset:
    """A data set: what it is trained on, tuned on and, once for each final configuration, tested on."""

    name: str
    lang: Lang
    train: str
    dev: str
    tests: tuple[str, ...]
    source: str


ARBANKING = Dataset(
    "ArBanking77",
    Lang.AR,
    "arbanking77/train.tsv",
    "arbanking77/dev.tsv",
    ("arbanking77/test_msa.tsv", "arbanking77/test_pal.tsv"),
    "SinaLab/ArBanking77, CC BY-SA 4.0 (Jarrar et al. 2023)",
)
MASSIVE_FA = Dataset(
    "MASSIVE fa",
    Lang.FA,
    "massive/fa_train.tsv",
    "massive/fa_dev.tsv",
    ("massive/fa_test.tsv",),
    "MASSIVE 1.1, CC BY 4.0 (FitzGerald et al. 2022)",
)
MASSIVE_AR = Dataset(
    "MASSIVE ar",
    Lang.AR,
    "massive/ar_train.tsv",
    "massive/ar_dev.tsv",
    ("massive/ar_test.tsv",),
    "MASSIVE 1.1, CC BY 4.0 (FitzGerald et al. 2022)",
)
DATASETS = (ARBANKING, MASSIVE_FA, MASSIVE_AR)


def folder() -> Path:
    """Return the folder of the data sets: JAWAB_EVAL, or ../shared/eval beside the project."""
    return Path(os.environ.get("JAWAB_EVAL") or BESIDE)


def missing(dataset: Dataset, *, within: Path) -> list[str]:
    """Return the files of ``dataset`` that are not there."""
    files = (dataset.train, dataset.dev, *dataset.tests)
    return [file for file in files if not (within / file).is_file()]


def absence(dataset: Dataset, *, within: Path) -> str | None:
    """Return what to say when files of ``dataset`` are missing; None when it is whole."""
    lacking = missing(dataset, within=within)
    if not lacking:
        return None
    return (
        f"{dataset.name} is left out: {within} lacks {', '.join(lacking)}. Get it from its source "
        f"({dataset.source}), as headerless text-tab-label files, and name the folder in JAWAB_EVAL"
    )
