"""Run files, held to a former one that another program has read.

Where nothing but some imprints differs, every byte is accounted for here, as `proven_copies` does
it: all objects are where the table says, all but the imprints are as they were, and each imprint is
the former file's, or draws what it must. What is in any way different is read by qpdf, but for
pages that have the same bytes as one that it reads.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hrcpub.events.shells.problems import copy_broken
from hrcpub.events.shells.run_blocks import FormerRun, RunBlock
from hrcpub.events.shells.shell_template import ShellTemplate
from hrcpub.events.shells.verify_copy import RunPages, verify_run
from hrcpub.events.shells.written_update import (
    add_parts,
    alike,
    unpacked_stream,
    update_objects,
    written_stream,
)
from hrcpub.problems import HrcpubError


class GatheredRun(NamedTuple):
    """What was written into a run file, and from where."""

    template: ShellTemplate
    pages: int
    blocks: tuple[RunBlock, ...]
    drawn: tuple[bytes | None, ...]  # by the imprint of each block; None: it is the former file's
    former: FormerRun | None = None


def prove_run(pdf: bytes | Path, run: GatheredRun) -> str:
    """Read a run file again; return its kind, raise HrcpubError unless its imprints are in it."""
    data = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    try:
        objects, table = update_objects(data, run.template)
        kind, forms = _kind(objects, table, run)
        if run.former and run.former.kind == kind:
            _compare(forms, run)
        else:
            verify_run(pdf, _pages(objects, run), list(_drawn(forms, run)))
    except (ValueError, KeyError, IndexError, struct.error, zlib.error) as error:
        raise HrcpubError(copy_broken(str(error))) from None
    return kind


def _kind(objects: dict[int, bytes], table: bytes, run: GatheredRun) -> tuple[str, list[bytes]]:
    """Return a digest of all but what the imprints draw, and what each of them is packed to.

    Raises ValueError or KeyError where objects are not as they are written. Takes the imprints out
    of the objects.
    """
    digest, forms = hashlib.sha256(f"{run.template.digest} {run.pages}".encode()), []
    for block in run.blocks:
        form = written_stream(objects.pop(block.form))
        forms.append(form.data)
        digest.update(b"%d %d %b" % (block.form, len(form.entries), form.entries))
    add_parts(digest, (table, *alike(objects, run.template)))
    return digest.hexdigest(), forms


def _pages(objects: dict[int, bytes], run: GatheredRun) -> RunPages:
    """Return a file's pages; of those with the same bytes the first is to be read."""
    every = [number for block in run.blocks for number in block.pages]
    unlike = {objects[number]: number for number in reversed(every)}
    return RunPages(every, sorted(unlike.values()))


def _compare(forms: list[bytes], run: GatheredRun) -> None:
    """Raise ValueError unless each imprint draws what it must, or is the former file's."""
    for packed, block, drawn in zip(forms, run.blocks, run.drawn, strict=True):
        if drawn is None:
            _require_former(packed, block, run)
        elif unpacked_stream(packed) != drawn:
            raise ValueError("its imprints are not those that should be there")


def _drawn(forms: list[bytes], run: GatheredRun) -> Iterator[bytes]:
    """Yield what each imprint must draw; raise ValueError where one is not the former file's."""
    for packed, block, drawn in zip(forms, run.blocks, run.drawn, strict=True):
        if drawn is None:
            _require_former(packed, block, run)
            yield unpacked_stream(packed)
        else:
            yield drawn


def _require_former(packed: bytes, block: RunBlock, run: GatheredRun) -> None:
    if run.former is None or not run.former.has_form(block, packed):
        raise ValueError("an imprint is not the one that the former file has")
