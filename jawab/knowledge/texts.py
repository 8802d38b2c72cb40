"""Texts that exist in all three languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from jawab.text.language import Lang

Texts: TypeAlias = Mapping[Lang, str]

LANGUAGE_NAMES: Mapping[Lang, str] = MappingProxyType(
    {Lang.FA: "Persian", Lang.AR: "Arabic", Lang.EN: "English"}
)

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def frozen(mapping: Mapping[_Key, _Value]) -> Mapping[_Key, _Value]:
    """Return a copy of `mapping` that nobody can write to."""
    return MappingProxyType(dict(mapping))
