"""A `ShellTemplate` and what an imprint draws to files: one piece, or all sites' pieces in one.

Nothing is laid out, parsed or packed again: each file is the template's, then an incremental
update (`update.py`) with the site's own objects and a table of where these are. Thousands of sites
take no more memory than one, and what two sites share is written once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import BinaryIO, NamedTuple

from hrcpub.events.shells.proven_runs import GatheredRun
from hrcpub.events.shells.run_blocks import FormerRun, RunBlock
from hrcpub.events.shells.shell_template import ShellTemplate
from hrcpub.events.shells.update import CopyUpdate, GatheredCopy, ImprintForm, ImprintFormFont
from hrcpub.pipeline.stages import Pdf

MOST_BEGUN = 4  # sets of fonts that a Joiner keeps: some 30 kB each


class KeyedCopy(NamedTuple):
    """A copy of a run: a digest of all that it shows, empty for none, and what makes it."""

    key: str
    make: Callable[[], GatheredCopy]


class _Begun(NamedTuple):
    """An update that has fonts and nothing else, what was written, and the file's digest so far."""

    update: CopyUpdate
    fonts: bytes
    digest: hashlib._Hash


class JoinedCopy(NamedTuple):
    """One site's copy, and its digest."""

    pdf: Pdf
    sha256: str


class Joiner:
    """Makes sites' copies of a piece. What some begin with in common is written once for them.

    That is the template's file and the fonts behind it: nine tenths of a copy's bytes.
    """

    def __init__(self, template: ShellTemplate) -> None:
        """Begin with no fonts."""
        self.template = template
        self._hashed = hashlib.sha256(template.base)
        self._begun: dict[object, _Begun] = {}  # by fonts and what they are called; oldest first

    def join(self, imprint: ImprintForm) -> JoinedCopy:
        """Return one site's copy of the piece."""
        update, fonts, hashed = self._after_fonts(imprint.fonts)
        update = update.continued()
        update.form(imprint, self.template.form)
        rest = update.finish(imprint.digest)
        digest = hashed.copy()
        digest.update(rest)
        return JoinedCopy(Pdf(b"".join((self.template.base, fonts, rest))), digest.hexdigest())

    def _after_fonts(self, fonts: tuple[ImprintFormFont, ...]) -> _Begun:
        """Return an update that has the fonts; it is for others to continue."""
        key = tuple((name, font) for name, font, _ in fonts)
        if key not in self._begun:
            update = CopyUpdate(self.template)
            update.fonts(fonts)
            text, digest = update.taken(), self._hashed.copy()
            digest.update(text)
            if len(self._begun) >= MOST_BEGUN:
                del self._begun[next(iter(self._begun))]
            self._begun[key] = _Begun(update, text, digest)
        return self._begun[key]


def gather_run(
    template: ShellTemplate,
    copies: Iterable[KeyedCopy],
    file: BinaryIO,
    seed: bytes = b"",
    former: FormerRun | None = None,
) -> GatheredRun:
    """Write all sites' copies into one file, in their order; return what it consists of.

    Each copy may come behind a separator, and several times: what it draws is there once, and its
    pages are objects of their own, since a page tree must not name one twice (ISO 32000-2 §7.7.3).
    `seed` makes the file's identifier its own. What a `former` file has of a copy is taken from it,
    and the copy is not made.
    """
    update = CopyUpdate(template)
    digest = hashlib.sha256(seed)
    file.write(template.base)
    blocks, drawn = list[RunBlock](), list[bytes | None]()
    for key, make in copies:
        block = former.block(key, update.next, update.known) if former and key else None
        if former and block:
            file.write(former.bytes_of(block))
            blocks.append(update.take(block))
            drawn.append(None)
        else:
            copy = make()
            blocks.append(update.block(key, copy))
            drawn.append(copy.imprint.operators)
            file.write(update.taken())
        digest.update(bytes.fromhex(blocks[-1].imprint))
    pages = [page for block in blocks for page in block.pages]
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    update.put(template.tree, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids))
    file.write(update.finish(digest.digest()))
    return GatheredRun(template, len(pages), tuple(blocks), tuple(drawn), former)
