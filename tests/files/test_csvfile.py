"""Tables as spreadsheets write them: encodings, delimiters, places, and every bad row at once."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.files.sources import Sources
from hrcpub.files.table import Columns, Table, unseen
from hrcpub.files.tablefile import LARGEST, parse, read_table
from hrcpub.problems import HrcpubError, Severity

COLUMNS = Columns(("id", "name", "tel", "logo-alt"), {"tel": ("phone", "call")})
NAME = "José Martínez"
ROWS = f"id,name,tel\na,{NAME},1\n"


def read(text: str | bytes) -> Table:
    """Return the table of a text."""
    data = text.encode() if isinstance(text, str) else text
    return parse(data, "sites.csv", COLUMNS)


def texts(table: Table) -> list[dict[str, str]]:
    """Return the good rows' texts."""
    return [
        {key: cell.text for key, cell in row.cells.items()} for row in table.rows if not row.is_bad
    ]


def reported(table: Table) -> list[tuple[str, str]]:
    """Return code and place of everything that was found."""
    rows = [problem for row in table.rows for problem in row.problems]
    return [
        (problem.code, str(problem.source).removeprefix("sites.csv:"))
        for problem in (*table.problems, *rows)
    ]


SURE = {
    "UTF-8": ROWS.encode(),
    "UTF-8 with its mark": ROWS.encode("utf-8-sig"),
    "UTF-16 LE": codecs.BOM_UTF16_LE + ROWS.encode("utf-16-le"),
    "UTF-16 BE": codecs.BOM_UTF16_BE + ROWS.encode("utf-16-be"),
    "Excel's Unicode text": codecs.BOM_UTF16_LE
    + ROWS.replace(",", "\t").replace("\n", "\r\n").encode("utf-16-le"),
}


@pytest.mark.parametrize("data", SURE.values(), ids=SURE)
def test_an_encoding_that_can_be_told_is_read_without_a_word(data: bytes) -> None:
    assert texts(read(data)) == [{"id": "a", "name": NAME, "tel": "1"}]
    assert reported(read(data)) == []


GUESSED = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}
WORDS = (
    NAME,
    "Clínica Esperanza",
    "Ángel Núñez",
    "Women’s Health",
    "O’Brien’s “Corner”",
    "Café Zoë",
    "Straße über Köln",
    "9–5 at Peña’s",
)


@pytest.mark.parametrize("codec", GUESSED)
@pytest.mark.parametrize("name", WORDS)
def test_excels_encodings_are_recognised_by_words_and_told(codec: str, name: str) -> None:
    table = read(f"id;name;tel\na;{name};1\n".encode(codec))
    assert texts(table) == [{"id": "a", "name": name, "tel": "1"}]
    (note,) = table.problems
    assert (note.code, note.severity) == ("csv-guessed", Severity.NOTE)
    assert note.message.startswith(f"read as {GUESSED[codec]}: ")


OTHERS = {
    "cp1251": "Центр здоровья",
    "cp1253": "Κέντρο υγείας",
    "cp1255": "מרכז בריאות",
    "cp1256": "مركز الصحة",
    "gbk": "减害中心",
    "shift_jis": "保健センター",
    "euc_kr": "보건 센터",
    "cp874": "ศูนย์สุขภาพ",
}


@pytest.mark.parametrize("codec", OTHERS)
def test_letters_of_another_script_are_not_guessed(codec: str) -> None:
    table = read(f"id,name\na,Pier 9\nb,{OTHERS[codec]}\n".encode(codec))
    assert (table.rows, reported(table)) == ((), [("csv-encoding", "sites.csv")])


@pytest.mark.parametrize(
    "name", ["Þýðing – “Ævi”", "créée «là»", "l’été… “Ñandú”", "São João ¿qué?"]
)
def test_western_words_are_no_other_script(name: str) -> None:
    table = read(f"id,name\na,{name}\n".encode("cp1252"))
    assert texts(table) == [{"id": "a", "name": name}]


def test_a_file_that_belies_its_mark_is_refused() -> None:
    assert reported(read(codecs.BOM_UTF16_LE + b"a\0b")) == [("csv-encoding", "sites.csv")]
    assert reported(read(codecs.BOM_UTF8 + b"id\n\xff\n")) == [("csv-encoding", "sites.csv")]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_any_delimiter_and_any_end_of_line(sign: str, end: str) -> None:
    name = f'"one; two, | three{sign}"'
    rows = [["id", "name", "tel"], ["a", name, "1"], [], ["", "", ""], ["b", "B", "2"], [], []]
    table = read(end.join(sign.join(row) for row in rows))
    assert texts(table) == [
        {"id": "a", "name": f"one; two, | three{sign}".strip(), "tel": "1"},
        {"id": "b", "name": "B", "tel": "2"},
    ]
    assert [row.source.line for row in table.rows] == [2, 5]


def test_lines_stay_right_after_line_breaks_within_a_cell() -> None:
    table = read('id,name,tel\na,"one\ntwo, ""2""\nthree",1\nb,B,2\n')
    first, second = table.rows
    assert first.cells["name"].text == 'one\ntwo, "2"\nthree'
    assert str(first.cells["name"].source) == "sites.csv:2:3"
    assert str(first.cells["tel"].source) == "sites.csv:4:8"
    assert first.cells["tel"].source.quote == 'three",1'
    assert (str(second.source), str(second.cells["name"].source)) == (
        "sites.csv:5:1",
        "sites.csv:5:3",
    )


# Each row, and the line beneath it with carets under the cells: as wide as their texts.
CARETS = {
    "a,bc,def": "^ ^^ ^^^",
    "a,  bc, def": "^   ^^  ^^^",
    'a, "b ""c""",d': "^  ^^^^^^^^^ ^",
    '"","b",': "   ^^^",
    "  a, ,  é": "  ^     ^",
    'a,5" pipe,b': "^ ^^^^^^^ ^",
}


@pytest.mark.parametrize("row", CARETS)
def test_carets_are_under_the_text_of_each_cell(row: str) -> None:
    (cells,) = (row.cells.values() for row in read(f"id,name,tel\n{row}\n").rows)
    carets = [" "] * len(row)
    for cell in cells:
        left = (cell.source.column or 0) - 1
        carets[left : left + cell.source.width] = "^" * cell.source.width
    assert "".join(carets).rstrip() == CARETS[row]


@pytest.mark.parametrize("header", ["ID,Name,Logo Alt", "id,NAME,logo_alt", " Id , name ,LOGO-ALT"])
def test_headers_are_matched_whatever_their_case_and_hyphens(header: str) -> None:
    assert texts(read(f"{header}\na,b,c\n")) == [{"id": "a", "name": "b", "logo-alt": "c"}]


def test_columns_have_other_names_too_and_some_are_their_authors_own() -> None:
    table = read("id,Phone,(notes)\na,1,call Ana\n")
    assert texts(table) == [{"id": "a", "tel": "1"}]
    assert reported(table) == []


@pytest.mark.parametrize("above", ["sep=;\n", '# one; "two\n\n# 3\n', '"# a",,,\nsep=;\r\n'])
def test_above_the_names_stand_remarks_and_excels_delimiter(above: str) -> None:
    assert texts(read(f"{above}id;name\na;b\n")) == [{"id": "a", "name": "b"}]


def test_a_row_that_is_a_remark_is_left_out_with_a_note() -> None:
    table = read("id,name\na,A\n# closed in winter\n#4,Number Four\n# east side,,\n")
    assert texts(table) == [{"id": "a", "name": "A"}, {"id": "#4", "name": "Number Four"}]
    assert reported(table) == [("csv-comment", "3:1"), ("csv-comment", "5:1")]


def test_a_remark_with_commas_is_told_with_the_way_out() -> None:
    (row,) = read("id,name\n# north, south, and east\n").rows
    (problem,) = row.problems
    assert problem.hint is not None
    assert problem.hint.startswith("if it is a remark, move it above the first row, or delete it")


def test_numbers_stay_as_they_were_typed() -> None:
    assert texts(read("id,name,tel\n007,02114,+1 510\n"))[0] == {
        "id": "007",
        "name": "02114",
        "tel": "+1 510",
    }


FILES = {
    b"": [("csv-empty", "sites.csv")],
    b"PK\x03\x04\0\0": [("workbook-torn", "sites.csv")],
    b"\n\n,,\n# x\n": [("csv-empty", "sites.csv")],
    b"a,b\n1,2\n": [
        ("csv-column-unknown", "1:1"),
        ("csv-column-unknown", "1:3"),
        ("csv-header", "1:1"),
    ],
    b"id,nmae\n": [("csv-column-unknown", "1:4")],
    b"id,Phone,phone\n": [("csv-column-twice", "1:10")],
    b'id,"name\n': [("csv-quote", "1:4")],
    b"id,name\0\n": [("csv-unseen-character", "1:8")],
    b"x" * (LARGEST + 1): [("csv-too-large", "sites.csv")],
}


@pytest.mark.parametrize("data", FILES, ids=range(len(FILES)))
def test_a_file_that_cannot_be_used_says_why(data: bytes) -> None:
    assert reported(read(data)) == FILES[data]
    assert any(problem.is_error for problem in read(data).problems)


def test_a_misspelt_column_is_told_with_the_nearest() -> None:
    (problem,) = read("id,nmae\n").problems
    assert problem.hint is not None
    assert problem.hint.startswith('did you mean "name"?')


BAD = {
    "a,b": ("csv-width", 1),
    "a,b,c,d": ("csv-width", 1),
    'a,"b,c': ("csv-quote", 3),
    'a,"b"x,c': ("csv-quote", 5),
}


@pytest.mark.parametrize("row", BAD)
def test_a_bad_row_is_told_and_the_rows_around_it_stand(row: str) -> None:
    code, column = BAD[row]
    table = read(f"id,name,tel\nx,X,1\n{row}\ny,Y,2\nz,Z,3\n")
    assert reported(table) == [(code, f"3:{column}")]
    assert [row["id"] for row in texts(table)] == ["x", "y", "z"]


@pytest.mark.parametrize(("delimiter", "name"), [(",", "a comma"), (";", "a semicolon")])
def test_a_row_with_too_many_cells_is_told_which_sign_divides_them(
    delimiter: str, name: str
) -> None:
    (row,) = read("id,name\na,b,c\n".replace(",", delimiter)).rows
    (problem,) = row.problems
    assert problem.hint is not None
    assert name in problem.hint


def test_a_row_that_was_taken_into_a_cell_above_is_told() -> None:
    table = read('id,name,tel\na,Pier 9,"noon\nb,Pier 10,one"\nc,"Pier 11\nMarket, East",2\n')
    assert [row["id"] for row in texts(table)] == ["a", "c"]
    assert reported(table) == [("csv-swallowed", "3:1")]


def test_every_bad_row_is_told_at_once() -> None:
    rows = "\n".join(BAD)
    table = read(f"id,name,tel\n{rows}\ny,Y,2\n")
    assert [int(place.partition(":")[0]) for _, place in reported(table)] == [
        *range(2, 2 + len(BAD))
    ]
    assert [row["id"] for row in texts(table)] == ["y"]


@pytest.mark.parametrize(
    ("row", "column"), [("a,b\0,c", 4), ("a,b\x07,c", 4), ("a,12\u202e34,c", 5), ('"a\x07",,', 3)]
)
def test_a_character_that_cannot_be_seen_is_told_in_its_cell(row: str, column: int) -> None:
    (bad,) = read(f"id,name,tel\n{row}\n").rows
    (problem,) = unseen(bad.cells.values())
    assert (problem.code, str(problem.source)) == ("csv-unseen-character", f"sites.csv:2:{column}")


def test_a_mark_that_is_never_closed_takes_no_time() -> None:
    table = read("id,name,tel\n" + 'a,"b,c\n' * 5_001)
    assert {code for code, _ in reported(table)} == {"csv-quote"}


def test_a_table_with_a_bad_first_row_stops(tmp_path: Path) -> None:
    sources = Sources(tmp_path)
    (sources.root / "s.csv").write_text("id,nmae,tel\na,b\n")
    with pytest.raises(HrcpubError) as caught:
        read_table(sources, "s.csv", COLUMNS)
    assert [problem.code for problem in caught.value.problems] == [
        "csv-column-unknown",
        "csv-width",
    ]


LETTERS = st.characters(codec="cp1252", exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp"])
CELL = st.text(st.one_of(LETTERS, st.sampled_from(' ,;|"\n')), max_size=12).map(str.strip)


@pytest.mark.slow
@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=6),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_the_csv_module_writes_is_read_back(
    rows: list[tuple[str, str, str]], delimiter: str, end: str, quoting: Any, codec: str
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([("id", "name", "tel"), *rows])
    table = read(file.getvalue().encode(codec))
    assert {code for code, _ in reported(table)} <= {"csv-swallowed"}
    wanted = [dict(zip(("id", "name", "tel"), row, strict=True)) for row in rows if any(row)]
    assert texts(table) == [
        {key: unicodedata.normalize("NFC", text) for key, text in row.items() if text}
        for row in wanted
    ]
    for cell in (cell for row in table.rows for cell in row.cells.values()):
        first = cell.text.split("\n")[0]
        quote = unicodedata.normalize("NFC", cell.source.quote or "")
        assert first in quote or first.replace('"', '""') in quote
