"""A piece against what it was (as approved, as last built, an earlier version) for the page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcpub.build.approval_states import approval_states
from hrcpub.build.revisions import recent
from hrcpub.build.store import Store
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.approval import read_approval
from hrcpub.studio.errands import Errands
from hrcpub.studio.studio import Studio
from hrcpub.studio.words_alone import changed_words

if TYPE_CHECKING:
    from hrcpub.build.comparing import Compared
    from hrcpub.pipeline.compare.records import PagePair

MOST_KEPT = 4  # comparisons whose pictures are kept: one for each of a few windows
MOST_VERSIONS = 60  # that are offered
Pictures = dict[tuple[int, str], bytes]  # PNG by the number of a changed page, from 0, and its side


class CompareErrand(NamedTuple):
    """A piece's edition, to be compared: with `earlier` text of a file, in git, or as `how` says.

    `how` is approved, built, version or revision.
    """

    piece: str
    edition: str
    how: str
    revision: str = ""
    earlier: tuple[str, str, str] = ("", "", "")  # a path, its text, and what that is called

    def run(self, root: Path) -> tuple[dict[str, Any], Pictures]:
        """Return what differs as plain values, and pictures; raise HrcpubError if it cannot be."""
        from hrcpub.build import comparing

        sources, names, editions = Sources(root), (self.piece,), (self.edition,)
        match self.how:
            case "built":
                found = comparing.with_built(sources, names, editions)
            case "revision":
                found = comparing.since(sources, names, editions, self.revision)
            case "version":
                found = comparing.with_text(sources, self.piece, editions, self.earlier)
            case _:
                found = comparing.with_approved(sources, names, editions)
        if not found.compared:
            raise HrcpubError(*(found.problems or [nothing_to_compare(self.piece, self.edition)]))
        return shown_json(found.compared[0])


def shown_json(compared: Compared) -> tuple[dict[str, Any], Pictures]:
    """Return a comparison as the page shows it: its words, boxes and sizes, and its pictures."""
    from hrcpub.pipeline.compare.showing import plainly
    from hrcpub.pipeline.compare.wording import in_short, parts_of

    pictures: Pictures = {}
    pages = []
    comparison = compared.comparison
    for number, page in enumerate(plainly(compared.before, compared.after, comparison)):
        sides = {"before": page.before, "after": page.after, "changed": page.changed}
        pictures |= {(number, side): png for side, png in sides.items() if png}
        pages.append(
            {
                "before": page.pair.before,
                "after": page.pair.after,
                "words": list(_changes(page.pair)),
                "looks": [look.kind for look in page.pair.own_looks],
                "count": page.pair.count,
                "sizes": page.sizes,
                "boxes": page.boxes,
                "sides": [side for side, png in sides.items() if png],
            }
        )
    return {
        "before": compared.before_called,
        "after": compared.after_called,
        "short": in_short(comparison),
        "parts": [part._asdict() for part in parts_of(comparison)],
        "pages": pages,
        "same": sum(page.is_same for page in comparison.pages),
    }, pictures


def _changes(pair: PagePair) -> Iterator[dict[str, str]]:
    from hrcpub.pipeline.compare.wording import joined

    for change in pair.words:
        yield {side: joined(words) for side, words in change._asdict().items()}


class Comparisons:
    """What windows compare, with the pictures that they ask for."""

    def __init__(self, studio: Studio, errands: Errands) -> None:
        """Take the open project, and who does what takes a while."""
        self._studio, self._errands = studio, errands
        self._numbers = itertools.count(1)
        self._pictures: dict[int, Pictures] = {}

    def choices(self, name: str) -> dict[str, Any]:
        """Return with what a piece can be compared, and what was approved of it."""
        studio = self._studio
        path = studio.path(name)
        sources = studio.project.sources.recording()
        store = Store(sources.root, sources.root / "output")
        editions = _editions(sources, name)
        versions = [one for one in studio.file(name).versions() if not one["is_now"]]
        return {
            "name": name,
            "title": _title(sources, path) or name,
            "editions": editions,
            "approved": _approved_editions(sources, name),
            "approval": approval_json(sources).get(name),
            "built": [each for each in editions if store.path(each, name).is_file()],
            "versions": versions[:MOST_VERSIONS],
            "revisions": [found._asdict() for found in recent(sources.root, path)],
        }

    async def compare(self, name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return what differs; its pictures are kept under its number."""
        errand = self._errand(name, str(asked["how"]), str(asked["edition"]), asked.get("which"))
        try:
            fields, pictures = await self._errands.run(errand)
        except HrcpubError as error:
            fields, pictures = self._words_alone(errand, error), {}
        number = next(self._numbers)
        while len(self._pictures) >= MOST_KEPT:
            del self._pictures[next(iter(self._pictures))]
        self._pictures[number] = pictures
        return fields | {"number": number}

    def _errand(self, name: str, how: str, edition: str, which: object) -> CompareErrand:
        path = self._studio.path(name)
        if how == "revision":
            return CompareErrand(name, edition, how, revision=str(which))
        if how != "version":
            return CompareErrand(name, edition, how)
        number = int(str(which))
        file = self._studio.file(name)
        text = file.version(number)["text"]
        (version,) = (one for one in file.versions() if one["id"] == number)
        called = f"the version of {version['at'][:16].replace('T', ', ')}"
        return CompareErrand(name, edition, how, earlier=(path, text, called))

    def _words_alone(self, errand: CompareErrand, error: HrcpubError) -> dict[str, Any]:
        """Return what became of words where pages cannot be drawn; raise the error without them."""
        sources = self._studio.project.sources.recording()
        path, earlier = self._studio.path(errand.piece), errand.revision or errand.earlier[1]
        changes = changed_words(sources, errand.piece, path, errand.how, earlier)
        if changes is None:
            raise error
        return {"problems": [one.as_json() for one in error.problems], "changes": changes}

    def picture(self, number: int, page: int, side: str) -> bytes:
        """Return a picture of a comparison; raise KeyError where it is not kept any more."""
        return self._pictures[number][page, side]


def _title(sources: Sources, path: str) -> str:
    """Return a piece's title; nothing where it has none."""
    node = (read_yaml(sources, path).mapping or {}).get("title")
    return (node.text or "") if node else ""


def _editions(sources: Sources, name: str) -> list[str]:
    from hrcpub.build.orders import editions_of

    return list(editions_of(Project(sources), name).usual)


def _approved_editions(sources: Sources, name: str) -> dict[str, dict[str, str]]:
    try:
        approval = read_approval(sources, name)
    except HrcpubError:
        return {}
    editions = approval.editions if approval else {}
    return {
        edition: {"by": one.by, "on": one.on.isoformat(), "note": one.note or ""}
        for edition, one in editions.items()
    }


def approval_json(sources: Sources) -> dict[str, dict[str, Any]]:
    """Return who approved which pieces, and what has become of them, as plain values."""
    return {
        name: state.as_json() | {"parts": [part._asdict() for part in state.parts]}
        for name, state in approval_states(sources).items()
    }


class ApproveErrand(NamedTuple):
    """A piece, to be kept as somebody approves it."""

    piece: str
    by: str
    note: str | None = None

    def run(self, root: Path) -> None:
        """Build what is not up to date, and keep it; raise HrcpubError where it is refused."""
        from hrcpub.build.approving import ApproveOptions, keep, report_of

        project, options = Project(Sources(root)), ApproveOptions(self.by, self.note)
        keep(project, report_of(project, self.piece, options), options)


def nothing_to_compare(piece: str, edition: str) -> Problem:
    """There is nothing of that edition to compare a piece with.

    Fix: choose another edition, or something else to compare with.
    """
    return Problem(
        "compare-nothing",
        f"there is no {edition} edition of {piece} to compare with",
        None,
        "choose another edition",
    )


CODES = {"compare-nothing": nothing_to_compare}
