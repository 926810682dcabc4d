"""How many a site gets: what people, programs and Excel's formats write, and under which names."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.events.manifest.counts import other_names
from hrcpub.events.manifest.sites import PATH, Sites, read_sites
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources


def counted(root: Path, *texts: str, column: str = "copies") -> Sites:
    """Return the sites of a table, one for each text in its column of quantities."""
    (root / "materials").mkdir()
    rows = [f'Site {number},"{text}"' for number, text in enumerate(texts)]
    (root / PATH).write_text("\n".join([f"name,{column}", *rows]) + "\n", "utf-8")
    names = {"copies es": tuple(other_names("copies", "es")), "copies": ()}
    return read_sites(Project(Sources(root)), PATH, counts=names)


@pytest.mark.parametrize(
    ("text", "count", "code"),
    [
        ("1,200", 1200, None),
        ("1.200", 1200, None),
        ("100.0", 100, None),
        ("1,200.00", 1200, None),
        ("50 copies", 50, "site-count-words"),
        ("1,200 each", 1200, "site-count-words"),
        ("~40", 40, "site-count-words"),
        ("ca. 40 pcs.", 40, "site-count-words"),
        ("١٠", 10, "site-mended"),
        ("-", 0, "site-count-none"),
        ("none", 0, "site-count-none"),
        ("N/A", 0, "site-count-none"),
        ("50-60", None, "site-count"),
        ("2 boxes", None, "site-count"),
        ("5 dozen", None, "site-count"),
        ("10.5", None, "site-count"),
        ("fifty", None, "site-count"),
        ("TBD", None, "site-count"),
        ("?", None, "site-count"),
    ],
)
def test_a_quantity_is_read_as_it_is_meant_or_told(
    text: str, count: int | None, code: str | None, tmp_path: Path
) -> None:
    found = counted(tmp_path, text)
    (site,) = found.sites.values()
    assert site.count("copies") == count
    assert [problem.code for problem in found.problems] == ([code] if code else [])


def test_who_writes_no_number_is_told_what_the_site_gets(tmp_path: Path) -> None:
    (problem,) = counted(tmp_path, "50-60").problems
    assert problem.message.endswith("this site gets as many as the item says")


@pytest.mark.parametrize(
    "column", ["copies es", "Copies Spanish", "Spanish copies", "copies (español)", "copias es"]
)
def test_the_column_of_a_language_may_be_called_by_its_name(column: str, tmp_path: Path) -> None:
    found = counted(tmp_path, "7", column=column)
    (site,) = found.sites.values()
    assert (site.count("copies es"), found.problems) == (7, ())
