"""Parts of papers, and imprints, are kept between builds; a build without them is only slower."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import RunJob, ShellJob
from hrcpub.events.fulfil.parts import NO_PARTS, PartCache
from hrcpub.events.fulfil.plan import imprinted_text
from hrcpub.events.fulfil.site_imprints import SiteImprints
from hrcpub.events.shells import ImprintArea
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.sources import Sources
from hrcpub.units import Size
from tests.shared.local_sites import local
from tests.shared.project import ROOT


def test_a_part_is_made_once(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> bytes:
        made.append("a part")
        return b"bytes"

    for _ in range(2):
        assert PartCache(ByteStore(tmp_path), "e1").take("a box's list", "pdf", make) == b"bytes"
    assert made == ["a part"]


OTHERS: dict[str, Callable[[ByteStore], bytes | None]] = {
    "what it is made from": lambda store: PartCache(store, "e1").find("another's list", "pdf"),
    "its kind": lambda store: PartCache(store, "e1").find("a box's list", "png"),
    "the programs": lambda store: PartCache(store, "e2").find("a box's list", "pdf"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_another_part_is_not_taken_for_it(what: str, tmp_path: Path) -> None:
    store = ByteStore(tmp_path)
    PartCache(store, "e1").keep("a box's list", "pdf", b"bytes")
    assert PartCache(store, "e1").find("a box's list", "pdf") == b"bytes"
    assert OTHERS[what](store) is None


def test_where_nothing_can_be_kept_parts_are_made_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for parts in (NO_PARTS, PartCache(ByteStore(tmp_path / "file"), "e1")):
        assert [parts.take("a list", "pdf", lambda: b"bytes") for _ in range(2)] == [b"bytes"] * 2
        assert parts.find("a list", "pdf") is None


def test_parts_of_the_next_release_are_kept_where_the_last_ones_filled_the_store(
    tmp_path: Path,
) -> None:
    store = ByteStore(tmp_path, limit=50_000)
    for release in ("e1", "e2"):
        parts = PartCache(store, release)
        for number in range(100):
            parts.keep(f"part {number}", "pdf", b"x" * 1000)
        store.evict()
    assert sum(parts.find(f"part {number}", "pdf") is not None for number in range(100)) > 30


class Watched(PartCache):
    """Parts that note whether they were there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(ByteStore(folder), "e1")
        self.were_there: list[bool] = []

    def find(self, made_from: str, kind: str) -> bytes | None:
        part = super().find(made_from, kind)
        self.were_there.append(part is not None)
        return part


def test_imprints_that_were_kept_are_those_that_would_be_set(tmp_path: Path) -> None:
    """Byte for byte, in a file of all copies."""
    templates: dict[str, bytes] = {}
    job = ShellJob("what-postcard", "press")
    shell = CopyMaker(Sources(ROOT), templates.__getitem__).shell(job)
    templates[shell.template_digest] = shell.template
    sites = (local(logo=True), local("Nhà Văn Hóa"), None)
    first, second = Watched(tmp_path), Watched(tmp_path)
    runs = []
    for parts in (NO_PARTS, first, second):
        file = io.BytesIO()
        maker = CopyMaker(Sources(ROOT), templates.__getitem__, parts)
        maker.run(RunJob("x.pdf", job, shell.template_digest, sites), file)
        runs.append(file.getvalue())
    assert runs[0] == runs[1] == runs[2]
    assert (first.were_there, second.were_there) == ([False] * 2, [True] * 2)


def test_a_sites_imprints_are_one_entry_and_one_that_is_spoilt_is_a_miss(tmp_path: Path) -> None:
    site, other = map(imprinted_text, (local(logo=False), local("Nhà Văn Hóa")))
    areas = [ImprintArea(Size(width, 90), 9.0, 7.0, 0.0, is_inked=False) for width in (120, 240)]
    kept = SiteImprints(PartCache(ByteStore(tmp_path), "e1"))
    for area in areas:
        assert kept.find(site, area) is None
        kept.keep(site, area, str(area).encode())
    kept.write()
    (entry,) = (path for path in tmp_path.glob("*/*"))
    again = SiteImprints(PartCache(ByteStore(tmp_path), "e1"))
    assert [again.find(site, area) for area in areas] == [str(area).encode() for area in areas]
    assert again.find(other, areas[0]) is None
    assert entry.exists()
    for spoilt in (b"", b"[1]", b'{"a": 1}', b'{"a": "b"}\nc', b'{"a": 1}\nbc', b"{}\nb"):
        PartCache(ByteStore(tmp_path), "e1").keep(site, "imprints", spoilt)
        assert SiteImprints(PartCache(ByteStore(tmp_path), "e1")).find(site, areas[0]) is None
