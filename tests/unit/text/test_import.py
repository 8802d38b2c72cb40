"""Importing the package does no work."""

import subprocess
import sys


def test_importing_text_loads_no_heavy_library():
    program = (
        "import sys, jawab.text; "
        "print([m for m in ('hazm', 'spacy', 'wordfreq', 'nltk', 'numpy', 'bidi') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
