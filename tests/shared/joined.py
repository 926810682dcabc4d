"""Copies of a template, made one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from hrcpub.events.shells import (
    GatheredCopy,
    ImprintForm,
    Joiner,
    KeyedCopy,
    ShellTemplate,
    gather_run,
)
from hrcpub.pipeline.stages import Pdf


def join(template: ShellTemplate, imprint: ImprintForm) -> Pdf:
    """Return one site's copy of a piece, made by a joiner that has made no other."""
    return Joiner(template).join(imprint).pdf


def gather(template: ShellTemplate, copies: Iterable[GatheredCopy], file: BinaryIO) -> int:
    """Write copies into one file, in their order; return how many pages it has."""
    keyed = (KeyedCopy("", lambda copy=copy: copy) for copy in copies)  # type: ignore[misc]
    return gather_run(template, keyed, file).pages
