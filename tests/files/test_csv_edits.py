"""Other cells in a table: rows that an edit leaves, stay as they were written."""

from __future__ import annotations

import pytest

from hrcpub.files.csv_edits import csv_edited, csv_rows
from hrcpub.files.table import Columns
from hrcpub.files.yaml_edits import Edit, Insert, Move, Put, Remove

COLUMNS = Columns(("name", "hours", "tel"))
CSV = """\
# A remark.
name,hours,tel
"Van","Mon 9-5",
# closed in winter
Corner, Tue 9-5,1

Last,Wed 9-5,2
# below
"""


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (Put(("rows", 0, 2), "3"), '"Mon 9-5",\n', '"Mon 9-5",3\n'),
        (Put(("rows", 1, 0), 'The "Corner", now'), "Corner,", '"The ""Corner"", now",'),
        (Insert(("rows", 1), ["New", "", "9"]), "# closed", "New,,9\n# closed"),
        (Remove(("rows", 1)), "# closed in winter\nCorner, Tue 9-5,1\n", ""),
        (
            Move(("rows",), 0, 1),
            '"Van","Mon 9-5",\n# closed in winter\nCorner, Tue 9-5,1\n',
            '# closed in winter\nCorner, Tue 9-5,1\n"Van","Mon 9-5",\n',
        ),
    ],
    ids=str,
)
def test_only_what_is_edited_changes(edit: Edit, before: str, after: str) -> None:
    assert csv_edited(CSV, [edit], COLUMNS) == CSV.replace(before, after)


def test_rows_in_another_order_are_written_as_they_were() -> None:
    rows = csv_rows(CSV, COLUMNS).plain
    assert isinstance(rows, dict)
    after = csv_edited(CSV, [Put(("rows",), sorted(rows["rows"]))], COLUMNS)
    assert sorted(after.splitlines()) == sorted(CSV.splitlines())
    assert after.index("Corner") < after.index("Last") < after.index("Van")


def test_other_delimiters_and_ends_of_lines_stay() -> None:
    text = "name;hours;tel\r\nVan;Mon;1\r\nCorner;Tue;2"
    assert csv_edited(text, [], COLUMNS) == text
    assert csv_edited(text, [Put(("rows", 0, 1), "a;b")], COLUMNS) == text.replace("Mon", '"a;b"')
    after = csv_edited(text, [Insert(("rows", 2), ["x", "y", "z"])], COLUMNS)
    assert after == f"{text}\r\nx;y;z"


@pytest.mark.parametrize("path", [("rows", 9, 0), ("rows", 0, 9), ("other",)])
def test_a_place_that_is_not_there_is_refused(path: tuple[str | int, ...]) -> None:
    with pytest.raises(LookupError):
        csv_edited(CSV, [Put(path, "x")], COLUMNS)
