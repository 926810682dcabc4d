"""A page's steps and what they come to: a page that is wrong is told, with the line."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from docs.making.page import Command, SavedFile, steps
from docs.making.running import fresh, is_printed, run_page

PAGE = """\
# A page

```console
$ echo one && mkdir -p folder && cd folder
one
$ pwd
…/folder
```

```{code-block} yaml
:caption: words.yaml
:emphasize-lines: 1

name: Night Van
```

```console exit=3
$ cat words.yaml
name: Night Van
$ exit 3
```

```console not-run
$ sleep 1000
```

<!-- run
cp words.yaml "$PICTURES"
-->
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def slips(page: Path, old: str = "", new: str = "") -> list[str]:
    page.write_text(PAGE.replace(old, new), encoding="utf-8")
    return list(run_page(page, page.parent / "home"))


def test_a_page_is_read_as_what_a_reader_does(page: Path) -> None:
    assert steps(page) == [
        Command(4, "echo one && mkdir -p folder && cd folder", ("one",)),
        Command(6, "pwd", ("…/folder",)),
        SavedFile(10, "words.yaml", "name: Night Van\n"),
        Command(18, "cat words.yaml", ("name: Night Van",)),
        Command(20, "exit 3", (), exit_code=3),
        Command(24, "sleep 1000", is_run=False),
        Command(28, 'cp words.yaml "$PICTURES"'),
    ]


def test_a_page_that_is_right_is_carried_out(page: Path) -> None:
    assert slips(page) == []
    assert (page.parent / "home/pictures/words.yaml").read_text() == "name: Night Van\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("echo one", "echo two"), "page.md:4: `echo two && mkdir -p folder && cd folder` printed"),
        (("echo one", "echo one; echo more"), "page.md:4: `echo one; echo more"),
        (("exit 3\n", "exit 1\n"), "page.md:20: `exit 1` ended with 1, not 3"),
        (("cat words.yaml", "hrcpub bild"), "page.md:18: `hrcpub bild` ended with 2, not 0"),
        (("name: Night Van\n```", "name: Day Van\n```"), "page.md:18: `cat words.yaml` printed"),
    ],
)
def test_a_page_that_is_wrong_is_told_with_its_line(
    page: Path, change: tuple[str, str], told: str
) -> None:
    assert slips(page, *change)[0].startswith(told)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("made in 2.7 s\n", ("made in 0.3 s",)),
        ("a.pdf  24 kB\n", ("a.pdf  30 kB",)),
        ("revised 2026-11-28  \n", ("revised 2027-01-01",)),
        ("one\ntwo\nthree\n", ("one", "…")),
        ("one\ntwo\nthree\n", ("…", "three")),
        ("one\ntwo\nthree\n", ("one", "t…", "three")),
        ("one\n", ("one", "…")),
    ],
)
def test_what_differs_from_run_to_run_is_the_same(printed: str, shown: tuple[str, ...]) -> None:
    assert is_printed(printed, shown)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("one\ntwo\n", ("one",)),
        ("one\n", ("one", "two")),
        ("(one)\n", ("one",)),
        ("onex\n", ("one.",)),
    ],
)
def test_all_else_that_is_printed_counts(printed: str, shown: tuple[str, ...]) -> None:
    assert not is_printed(printed, shown)


def test_telephones_of_a_page_were_called_today() -> None:
    today = datetime.date.today()
    text = fresh("verified: 2020-01-01\n  review-by: 2020-01-01\nrevised: 2020-01-01\n")
    first, second, third = text.splitlines()
    assert first == f"verified: {today}"
    assert second > f"  review-by: {today}"
    assert third == "revised: 2020-01-01"
