"""Text: language, folding, tokens, transliteration, entities. Imports nothing of the project."""

from jawab.text.analysis import Analysis, analyze
from jawab.text.entities import Entity, extract
from jawab.text.folding import fold
from jawab.text.language import Identification, Lang, identify
from jawab.text.tokens import Token, tokenize
from jawab.text.transliteration import to_native

__all__ = [
    "Analysis",
    "Entity",
    "Identification",
    "Lang",
    "Token",
    "analyze",
    "extract",
    "fold",
    "identify",
    "to_native",
    "tokenize",
]
