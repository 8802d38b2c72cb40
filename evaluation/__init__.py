"""How well the trained model does on the development set, as tables, as a page, and against a committed baseline.

`python -m evaluation` from the project's folder, or `make evaluate`; evaluation/dev/*.tsv are never trained on.
"""
