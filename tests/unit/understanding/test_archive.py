"""The model archive that Rasa writes, read without Rasa."""

import os
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from jawab.text.language import Lang
from jawab.understanding import archive as archives
from jawab.understanding.archive import NoModel, latest_archive, load_understander

# As `rasa train` names the folders of the components in its archive.
NGRAMS = "components/train_jawab.nlu.featurizers.NgramFeaturizer2"
CLASSIFIER = "components/train_jawab.nlu.classifier.CatalogueClassifier4"


def pack(understander, path, *, without=()):
    """Write an archive as Rasa does, parts of others among ours."""
    source = path.parent / f"{path.name}-source"
    source.mkdir(parents=True)
    understander.save(source)
    (source / "metadata.json").write_text("{}")
    with tarfile.open(path, "w:gz") as tar:
        tar.add(source / "metadata.json", "metadata.json")
        tar.add(source / "metadata.json", "components/train_RulePolicy0/rule_policy.json")
        for file in source.iterdir():
            part = NGRAMS if file.name in ("ngrams.json", "idf.npy") else CLASSIFIER
            if file.name != "metadata.json" and part not in without:
                tar.add(file, f"{part}/{file.name}")
    return path


@pytest.fixture
def archive(understander, tmp_path):
    return pack(understander, tmp_path / "models" / "jawab-1.tar.gz")


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "var" / "model-cache"


def first(understander, text="وين طلبي"):
    return understander.understand(text, prior=Lang.AR).best.intent


def test_without_a_model_it_says_how_to_make_one(tmp_path):
    with pytest.raises(NoModel, match="run `make train`"):
        latest_archive(tmp_path)
    with pytest.raises(NoModel, match="run `make train`"):
        latest_archive(tmp_path / "none")


def test_the_newest_archive_is_taken(tmp_path):
    for name, time in (("b", 100), ("a", 300), ("c", 200)):
        file = tmp_path / f"{name}.tar.gz"
        file.touch()
        os.utime(file, (time, time))
    assert latest_archive(tmp_path).name == "a.tar.gz"


def test_an_archive_of_rasas_form_is_understood(archive, cache):
    assert first(load_understander(archive, cache=cache)) == "order_track"


def test_it_is_unpacked_once(archive, cache, monkeypatch):
    load_understander(archive, cache=cache)
    monkeypatch.setattr(archives, "_unpack", lambda *_: pytest.fail("unpacked again"))
    load_understander(archive, cache=cache)
    assert len(list(cache.iterdir())) == 1


def test_a_newer_model_takes_the_place_of_the_older(archive, cache, understander):
    load_understander(archive, cache=cache)
    load_understander(pack(understander, archive.parent / "jawab-2.tar.gz"), cache=cache)
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("missing", [NGRAMS, CLASSIFIER])
def test_a_foreign_archive_is_refused_and_leaves_nothing_behind(
    understander, tmp_path, cache, missing
):
    foreign = pack(understander, tmp_path / "foreign.tar.gz", without=(missing,))
    with pytest.raises(NoModel, match=r"foreign\.tar\.gz was not trained from this config\.yml"):
        load_understander(foreign, cache=cache)
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "flipped"])
def test_a_damaged_archive_is_named_with_a_remedy(archive, cache, damage):
    whole = archive.read_bytes()
    middle = len(whole) // 2
    archive.write_bytes(
        {
            "cut": whole[:middle],
            "empty": b"",
            "text": b"no archive",
            "flipped": whole[:middle] + bytes(64) + whole[middle + 64 :],
        }[damage]
    )
    with pytest.raises(NoModel, match=r"jawab-1\.tar\.gz is damaged; run"):
        load_understander(archive, cache=cache)


def test_a_model_of_another_version_is_named_with_a_remedy(archive, cache):
    load_understander(archive, cache=cache)
    (decision,) = cache.glob("*/CatalogueClassifier/decision.json")
    decision.write_text('{"vectors": false, "thresholds": {"gone": 1}, "acts": []}')
    with pytest.raises(NoModel, match=r"another version of Jawab .*run `jawab train --force`"):
        load_understander(archive, cache=cache)


def test_names_in_an_archive_lead_nowhere_else(understander, tmp_path, cache):
    evil = tmp_path / "evil.tar.gz"
    pack(understander, evil)
    with tarfile.open(tmp_path / "more.tar.gz", "w:gz") as tar:
        with tarfile.open(evil) as good:
            for member in good.getmembers():
                tar.addfile(member, good.extractfile(member))
        bad = tarfile.TarInfo(f"../../x.NgramFeaturizer/../{NGRAMS}/../../../outside")
        tar.addfile(bad)
        link = tarfile.TarInfo(f"{NGRAMS}/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    load_understander(tmp_path / "more.tar.gz", cache=cache)
    names = {path.name for path in tmp_path.rglob("*")}
    assert not {"outside", "link"} & names


LOAD = """
import sys
from pathlib import Path
from jawab.text.language import Lang
from jawab.understanding.archive import load_understander
print("at the line", flush=True)
sys.stdin.readline()
understander = load_understander(Path(sys.argv[1]), cache=Path(sys.argv[2]))
print(understander.understand("وين طلبي", prior=Lang.AR).best.intent)
"""


def test_two_processes_that_unpack_at_once_both_get_the_model(archive, cache, root):
    started = [
        subprocess.Popen(
            [sys.executable, "-c", LOAD, str(archive), str(cache)],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in started:
        assert process.stdout.readline() == "at the line\n"
    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(lambda process: process.communicate("go\n", timeout=60), started))
    assert [(out.strip(), err) for out, err in ended] == [("order_track", "")] * 2
    assert len(list(cache.iterdir())) == 1
