"""Cells as other programs leave them: marks nobody sees, bare digits, brackets, other columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.events.manifest.sites import PATH, Sites, read_sites
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources

GERMANY = 'verified: 2026-01-01\nreview-by: 2026-07-01\ncalling-code: "49"\noffices: {}\n'


def table(root: Path, columns: str, row: str) -> Sites:
    """Return the sites of a table with one row."""
    (root / "materials").mkdir(exist_ok=True)
    (root / PATH).write_text(f"{columns}\n{row}\n", "utf-8")
    return read_sites(Project(Sources(root)), PATH)


@pytest.mark.parametrize(
    "mark", ["\ufeff", "\u200b", "\u2060", "\u202a", "\u202b", "\u2066", "\u2067", "\u2068"]
)
@pytest.mark.parametrize(
    ("column", "text"),
    [("name", "Pier 9"), ("tel", "(212) 736-5000"), ("url", "https://example.org/n")],
)
def test_marks_around_what_was_copied_cost_nothing(
    mark: str, column: str, text: str, tmp_path: Path
) -> None:
    end = "\u202c" if "\u202a" <= mark <= "\u202b" else "\u2069" if mark >= "\u2066" else mark
    row = {"name": "Pier 9", "tel": "", "url": "", column: f"{mark}{text}{end}"}
    found = table(tmp_path, "name,tel,url", ",".join(row.values()))
    (site,) = found.sites.values()
    assert (str(getattr(site, column)), found.problems) == (text, ())


def test_words_line_break_divides_lines(tmp_path: Path) -> None:
    found = table(tmp_path, "name,hours", "Pier 9,Mon 9-5\x0bTue 9-3")
    (site,) = found.sites.values()
    assert str(site.hours) == "Mon 9-5 Tue 9-3"
    assert [problem.code for problem in found.problems] == ["site-mended"]


@pytest.mark.parametrize(
    ("text", "printed", "called"),
    [
        ("2127365000", "(212) 736-5000", "tel:+12127365000"),
        ("12127365000", "(212) 736-5000", "tel:+12127365000"),
        ("+12127365000", "+1 212-736-5000", "tel:+12127365000"),
        ("tel:+12127365000", "+1 212-736-5000", "tel:+12127365000"),
        ("tel:2127365000", "(212) 736-5000", "tel:+12127365000"),
        ("٢١٢-٧٣٦-٥٠٠٠", "212-736-5000", "tel:+12127365000"),
        ("２１２-736-5000", "212-736-5000", "tel:+12127365000"),
    ],
)
def test_a_telephone_is_printed_in_groups_of_the_keys_figures(
    text: str, printed: str, called: str, tmp_path: Path
) -> None:
    found = table(tmp_path, "name,tel", f"Pier 9,{text}")
    (site,) = found.sites.values()
    assert (str(site.tel), site.tel_link) == (printed, called)
    assert found.problems[0].code == "site-mended"
    assert found.problems[0].message == f'read as "{printed}"'


def test_a_number_gets_back_the_nought_that_a_spreadsheet_dropped(tmp_path: Path) -> None:
    (tmp_path / "materials").mkdir()
    (tmp_path / "materials/contacts.yaml").write_text(GERMANY, "utf-8")
    (site,) = table(tmp_path, "name,tel", "Ankerplatz,30901820").sites.values()
    assert (str(site.tel), site.tel_link) == ("030 901820", "tel:+4930901820")


@pytest.mark.parametrize("text", ["988", "741741", "555-0101", "5550101"])
def test_short_and_local_numbers_stay_as_they_are(text: str, tmp_path: Path) -> None:
    (site,) = table(tmp_path, "name,tel", f"Pier 9,{text}").sites.values()
    assert str(site.tel) == text


@pytest.mark.parametrize("text", ["<{}>", "({})", "{}.", "{};"])
def test_an_address_of_the_web_loses_the_signs_around_it(text: str, tmp_path: Path) -> None:
    row = f"Pier 9,{text.format('https://example.org/n')}"
    found = table(tmp_path, "name,url", row)
    (site,) = found.sites.values()
    assert (str(site.url), found.problems) == ("https://example.org/n", ())


def test_an_address_of_other_letters_is_told_for_them_and_not_for_its_beginning(
    tmp_path: Path,
) -> None:
    (problem,) = table(tmp_path, "name,url", "Pier 9,example.org/ü").problems
    assert "has letters that phones read differently" in problem.message


@pytest.mark.parametrize("text", ["English y Español", "english et spanish", "EN/ES"])
def test_languages_may_be_joined_by_a_word_of_another_language(text: str, tmp_path: Path) -> None:
    (site,) = table(tmp_path, "name,languages", f"Pier 9,{text}").sites.values()
    assert [str(extra.words) for extra in site.extras] == ["English, Español"]


@pytest.mark.parametrize(
    "columns",
    [
        "Nombre,Dirección,Teléfono,Horario,Sitio web",
        "NOMBRE,DIRECCION,TELEFONO,HORARIOS,PAGINA WEB",
        "Nom,Adresse,Téléphone,Horaires,Site web",
        "Nome,Endereço,Telefone,Horário,Site Web",
        "Einrichtung,Anschrift,Telefon,Öffnungszeiten,Webseite",
    ],
)
def test_columns_may_be_named_in_other_languages(columns: str, tmp_path: Path) -> None:
    row = "Pier 9,1 Pier,(212) 736-5000,24/7,https://example.org/n"
    found = table(tmp_path, columns, row)
    (site,) = found.sites.values()
    shown = (site.name, *site.lines, site.tel, site.hours, site.url)
    assert [str(words) for words in shown] == row.split(",")
    assert found.problems == ()
