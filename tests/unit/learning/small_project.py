"""A project that trains in seconds: the real data with one example of each kind, and a pipeline without vectors."""

import re
import shutil

CONFIG = """\
language: fa
pipeline:
  - name: jawab.nlu.featurizers.NgramFeaturizer
  - name: jawab.nlu.classifier.CatalogueClassifier
    networks: 0
"""
BLOCK = re.compile(r"^( +)[a-z]+: \|\n((?:\1  .*\n)+)", re.MULTILINE)
EXAMPLES = re.compile(r"^ +examples:\n(?: +.*\n|\n)*?(?=^ *- id:|\Z)", re.MULTILINE)
KEPT = 1


def small_project(root, folder):
    """Copy the project's data into the folder, with one example in each block, and a few rows to try it on."""
    shutil.copytree(root / "data", folder / "data")
    (folder / "config.yml").write_text(CONFIG, "utf-8")
    for name in ("domain.yml", "requirements.txt"):  # whether a model is up to date depends on them
        shutil.copy(root / name, folder)
    for file in (folder / "data" / "faq").glob("*.yml"):
        file.write_text(EXAMPLES.sub(_fewer, file.read_text("utf-8")), "utf-8")
    dev = folder / "evaluation" / "dev"
    dev.mkdir(parents=True)
    rows = (
        "how do I return an item\treturns_how\ten\tplain",
        "سفارشم کجاست\torder_track\tfa\tcolloquial",
    )
    (dev / "all.tsv").write_text("\n".join(("text\tintent\tlang\tvariety", *rows, "")), "utf-8")
    return folder


def _fewer(examples):
    def shortened(block):
        lines = block[2].splitlines(keepends=True)
        return block[0].replace(block[2], "".join(lines[:KEPT]))

    return BLOCK.sub(shortened, examples[0])
