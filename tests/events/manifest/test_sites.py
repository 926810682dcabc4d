"""Sites: what a row gives, what is wrong with each kind of cell, and what a spreadsheet spoilt."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from hrcpub.events.manifest.event import Site
from hrcpub.events.manifest.links import LONGEST_URL
from hrcpub.events.manifest.logos import LIMIT
from hrcpub.events.manifest.sites import PATH, Sites, read_sites
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Severity, Source
from hrcpub.project.names import slug
from hrcpub.project.words import Words
from tests.shared.pictures import header_only
from tests.shared.project import ROOT

COLUMNS = "id,name,address,tel,url,hours,logo,logo-alt,box"


def sites(root: Path, *rows: str, columns: str = COLUMNS) -> Sites:
    """Return the sites of a table."""
    (root / "materials").mkdir(exist_ok=True)
    (root / PATH).write_text("\n".join([columns, *rows]) + "\n", "utf-8")
    return read_sites(Project(Sources(root)), PATH)


def one(root: Path, **cells: str) -> tuple[Site | None, list[tuple[str, Severity]]]:
    """Return the only site of a table, None when it was left out, and what was found."""
    cells = {"name": "North Side", **cells}
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells.values())
    found = sites(root, row, columns=",".join(cells))
    told = [(problem.code, problem.severity) for problem in found.problems]
    return next(iter(found.sites.values()), None), told


def png(width: int = 20, height: int = 10, kind: str = "PNG") -> bytes:
    """Return a picture."""
    file = io.BytesIO()
    Image.effect_noise((width, height), 50).save(file, kind)
    return file.getvalue()


def test_a_row_becomes_a_site_whose_texts_know_their_places(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    found = sites(
        tmp_path,
        'north,North Side,"1 Main Street; Suite 2 / Oakland, CA",(510) 444-6969,'
        "https://example.org/n,Mon  9-5,logo.png,A star,east",
    )
    site = found.sites["north"]
    assert found.problems == ()
    assert (str(site.name), str(site.tel), str(site.url)) == (
        "North Side",
        "(510) 444-6969",
        "https://example.org/n",
    )
    assert [str(line) for line in site.lines] == ["1 Main Street", "Suite 2", "Oakland, CA"]
    assert (str(site.hours), site.box) == ("Mon 9-5", "east")
    assert site.logo
    assert (site.logo.path, site.logo.alt, site.logo.width, site.logo.height) == (
        "logo.png",
        "A star",
        20,
        10,
    )
    assert (str(site.source), str(site.name.source)) == (f"{PATH}:2:1", f"{PATH}:2:7")


def test_a_table_is_read_once_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    (tmp_path / "logo.png").write_bytes(png())
    row = "north,North Side,1 Main Street,(510) 444-6969,https://example.org/n,,logo.png,A star,"
    first = sites(tmp_path, row, "south,,,,,,,,")
    assert first.problems
    again = replace(first, path="read again")
    monkeypatch.setattr("hrcpub.events.manifest.sites._read", lambda *read: again)
    assert sites(tmp_path, row, "south,,,,,,,,") == first  # as another command does
    assert read_sites(Project(Sources(tmp_path)), PATH, counts={"copies": ()}) == again
    (tmp_path / "logo.png").write_bytes(png(30))
    assert sites(tmp_path, row, "south,,,,,,,,") == again


def test_an_address_may_stand_in_columns_of_its_own(tmp_path: Path) -> None:
    site, _ = one(tmp_path, address1="1 Main Street", city="Boston", state="MA", zip="02114")
    assert site
    assert [str(line) for line in site.lines] == ["1 Main Street", "Boston, MA 02114"]
    site, _ = one(tmp_path, address="1 Main Street\nOakland", city="CA")
    assert site
    assert [str(line) for line in site.lines] == ["1 Main Street", "Oakland", "CA"]


def test_more_details_are_known_by_the_headers_that_lists_have(tmp_path: Path) -> None:
    columns = (
        "Name1,Street1,City,Phone,Intake1,Email Address,Languages Spoken,Public Notes,Comments"
    )
    row = (
        'Clinic,1 Main St,Oakland,(510) 444-6969,510-444-6970,"a@example.org; b@example.org",'
        '"English; es, Russian and Klingon, ar",Ring twice.,not for readers'
    )
    found = sites(tmp_path, row, columns=columns)
    (site,) = found.sites.values()
    assert [(extra.column, extra.words.text, extra.link) for extra in site.extras] == [
        ("tel2", "510-444-6970", "tel:+15104446970"),
        ("languages", "English, Español, Русский, Klingon, Arabic", None),
        ("email", "a@example.org", "mailto:a@example.org"),
        ("note", "Ring twice.", None),
    ]
    codes = [problem.code for problem in found.problems]
    assert codes == ["csv-column-unknown", "site-first-of-several"]


def test_columns_of_a_lists_own_are_told_and_cost_nothing(tmp_path: Path) -> None:
    row = "Clinic,Annex,Boston,Suffolk,02114,1234,open,remark,42.1"
    columns = "name,name2,city,county,zip,zip4,status,Notes,latitude"
    found = sites(tmp_path, row, columns=columns)
    assert [str(line) for line in found.sites["clinic"].lines] == ["Boston, 02114"]
    told = [(problem.code, problem.severity) for problem in found.problems]
    assert told == [("csv-column-unknown", Severity.WARNING)] * 6
    with pytest.raises(HrcpubError):  # a slip: the table has no other column with addresses
        sites(tmp_path, "Clinic,1 Main St", columns="name,adress")


def test_a_flaw_in_one_of_them_costs_that_one(tmp_path: Path) -> None:
    site, told = one(tmp_path, tel2="call first", email="at example.org", languages="N/A")
    assert site
    assert site.extras == ()
    assert told == [
        ("site-nothing", Severity.NOTE),
        ("site-email", Severity.WARNING),
        ("site-nothing", Severity.NOTE),
    ]


def test_what_a_site_writes_is_text(tmp_path: Path) -> None:
    site, told = one(tmp_path, name="<x>*Bold*</x> & \\ {{ x }}")
    assert site
    assert (site.name.text, told) == ("<x>*Bold*</x> & \\ {{ x }}", [])


SLUGS = {
    "Fruitvale Corner": "fruitvale-corner",
    "Nhà Văn Hóa Đường Số 7": "nha-van-hoa-duong-so-7",
    "Women’s Clínica": "womens-clinica",
    "CON": "con-site",
    "保健": "site",
    "x" * 80: "x" * 58,
}


@pytest.mark.parametrize("name", SLUGS)
def test_an_id_is_made_from_the_name(name: str) -> None:
    assert slug(name, "site") == SLUGS[name]


def test_ids_that_are_made_are_never_taken(tmp_path: Path) -> None:
    rows = [",A Place,1", ",A Place,2", "a-place-2,Other,3", ",a place!,4"]
    found = sites(tmp_path, *rows, columns="id,name,box")
    assert list(found.sites) == ["a-place", "a-place-3", "a-place-2", "a-place-4"]


def test_sites_of_one_name_have_ids_of_their_own_details(tmp_path: Path) -> None:
    columns = "name,address,tel"
    rows = ["Library,1 First St,988", "Library,2 Second St,988", "Library,2 Second St,211"]
    before = sites(tmp_path, *rows, columns=columns)
    assert list(before.sites) == [
        "library-1-first-st", "library-2-second-st-988", "library-2-second-st-211"
    ]  # fmt: skip
    after = sites(tmp_path, "Library,0 New St,988", *rows, columns=columns)
    assert list(after.sites)[1:] == list(before.sites)
    assert after.made == set(after.sites)


def test_a_second_row_of_an_id_is_left_out_whatever_its_case(tmp_path: Path) -> None:
    found = sites(tmp_path, "north,A", "North,B", "c,C", columns="id,name")
    assert [site.name.text for site in found.sites.values()] == ["A", "C"]
    (problem,) = found.problems
    assert (problem.code, str(problem.source)) == ("site-twice", f"{PATH}:3:1")
    assert "line 2" in problem.message


GOOD = {
    "tel": [
        "(510) 444-6969",
        "510.444.6969 ext. 12",
        "510 444 6969 x4",
        "1-800-555-HELP",
        "Text HOME to 741741",
        "988",
        "211",
        "311",
        "911",
        "(510)\u00a0444–6969",
    ],
    "url": [
        "https://example.org",
        "https://www.example.org/a/b?c=d#e",
        "https://xn--clnica-3va.example",
        "HTTPS://EXAMPLE.ORG/QR",
        "https://example.org:8443/x",
        f"https://example.org/{'x' * (LONGEST_URL - 20)}",
    ],
    "id": ["a", "north-side", "0", "North"],
    "hours": ["9-5", "Mon–Fri 9 am–5 pm", "24/7", "Mar-Oct 9-5"],
    "zip": ["94612", "02114-1234"],
    "address": ["22 West 27th Street, New York, NY 10001", "1 Rue 2114", "PO Box 1234"],
    "name": ["Who? Us!", "Ãgua", "A/B #3"],
}


@pytest.mark.parametrize(("column", "text"), [(c, t) for c, ts in GOOD.items() for t in ts])
def test_nothing_is_said_of_what_is_right(column: str, text: str, tmp_path: Path) -> None:
    site, told = one(tmp_path, **{column: text})
    assert told == []
    assert site


ERROR, WARNING, NOTE = Severity
BAD = {
    "site-tel": (
        "tel",
        WARNING,
        ["123", "ring us", "555", "510555010112345678", "5 days", "12-34"],
    ),
    "site-nothing": ("tel", NOTE, ["call us", "N/A", "-", "none", "Call first", "Not listed."]),
    "site-area-code": ("tel", WARNING, ["555-0101"]),
    "telephone-fiction": ("tel", WARNING, ["(510) 555-0101"]),
    "telephone-abroad": ("tel", WARNING, ["242 502 1234", "+44 20 7219 4272"]),
    "telephone-unknown": ("tel", WARNING, ["(555) 234-5678"]),
    "site-first-of-several": (
        "tel",
        WARNING,
        ["(212) 213-6376/6582", "Main: 510 444 6969, fax 510 444 6970", "Ana 510-444-6969"],
    ),
    "site-url": (
        "url",
        WARNING,
        [
            "example",
            "ana@example.org",
            "https://example",
            "https://exa mple.org/a",
            "ftp://example.org",
            "javascript:alert(1)",
            "https://",
            "https://ana:x@example.org",
            "https://example.org:99999/",
            "https://[::1",
            "https://clínica.example",
            "https://example.org/<x>",
            f"https://example.org/{'x' * (LONGEST_URL - 19)}",
        ],
    ),
    "site-url-completed": ("url", NOTE, ["example.org", "www.example.org/x?a=b"]),
    "site-url-insecure": ("url", WARNING, ["http://example.org"]),
    "site-url-tracking": (
        "url",
        WARNING,
        ["https://example.org/?utm_source=flyer", "https://example.org/?a=b&fbclid=1"],
    ),
    "site-id": ("id", ERROR, ["../../x", "north side", "con", "LPT1", "-a", "x" * 64, "a/b"]),
    "site-sample": ("id", ERROR, ["replace-this-site"]),
}
DAMAGED = {
    "tel": ["1.51E+10", "1,51E+10", "########", "#NAME?", "#REF!", "5-Oct", "5105550101.0"],
    "zip": ["2114", "94601.0"],
    "address": ["1 Main Street, Boston, MA 2114"],
    "city": ["Newark, NJ 7102"],
    "hours": ["9-May", "Sep-05", "2027-09-05", "09/05/27", "5.9.2027", "####"],
}
ROWS = [
    *(
        (code, column, severity, text)
        for code, (column, severity, ts) in BAD.items()
        for text in ts
    ),
    *(("site-damaged", column, WARNING, text) for column, ts in DAMAGED.items() for text in ts),
    ("site-damaged", "name", ERROR, "#VALUE!"),
    ("site-damaged", "name", ERROR, '=HYPERLINK("https://example.org","Pier 9")'),
    ("telephone-letters", "tel", WARNING, "(212) 736-5OOO"),
    ("site-letters", "name", ERROR, "Jos\ufffd"),
    ("site-letters", "hours", WARNING, "Mon\ufffdFri"),
    ("csv-unseen-character", "name", ERROR, "North\u202eSide"),
    ("csv-unseen-character", "tel", WARNING, "510\u202e4446969"),
    ("site-letters", "name", WARNING, "Nguy?n"),
]


@pytest.mark.parametrize(("code", "column", "severity", "text"), ROWS)
def test_each_mistake_is_told_once_at_its_cell(
    code: str, column: str, severity: Severity, text: str, tmp_path: Path
) -> None:
    site, told = one(tmp_path, **{column: text})
    assert told == [(code, severity)]
    assert (site is None) is (severity is ERROR)


@pytest.mark.parametrize("name", ["-", "N/A", "TBD", "None"])
def test_a_name_that_says_nothing_is_none(name: str, tmp_path: Path) -> None:
    table = f"North Side,\n{name},(212) 736-5000"
    found = sites(tmp_path, *table.split("\n"), columns="name,tel")
    assert list(found.sites) == ["north-side"]
    assert [problem.code for problem in found.problems] == ["site-nothing", "site-name"]


@pytest.mark.parametrize("name", ["Total", "TOTAL:", "Grand total", "Sum"])
def test_a_sum_below_the_sites_gets_nothing(name: str, tmp_path: Path) -> None:
    rows = ["North Side,1 Main Street,40", "Total Recovery,,50", f"{name},,90"]
    (tmp_path / "materials").mkdir()
    (tmp_path / PATH).write_text("\n".join(["name,address,copies", *rows]) + "\n", "utf-8")
    found = read_sites(Project(Sources(tmp_path)), PATH, counts={"copies": ()})
    assert list(found.sites) == ["north-side", "total-recovery"]
    assert [problem.code for problem in found.problems] == ["site-total"]


MENDED = {
    "Example &amp; Sons": "Example & Sons",
    "<p>Mon-Fri</p>": "Mon-Fri",
    "Mon-Fri<br>9-5": "Mon-Fri 9-5",
    "Mon-Fri\\n9-5": "Mon-Fri 9-5",
    "JosÃ© MartÃ­nez": "José Martínez",
    "Womenâ€™s": "Women’s",
    "Nhà Văn HÃ³a": "Nhà Văn Hóa",
    "Women\u0092s": "Women’s",
    "soft\u00adhyphen": "softhyphen",
    '<a href="https://example.org">Mon</a>': "Mon",
}


@pytest.mark.parametrize("text", MENDED)
def test_traces_of_other_programs_are_undone_and_told(text: str, tmp_path: Path) -> None:
    for column in ("name", "hours"):
        site, told = one(tmp_path, **{column: text})
        assert told == [("site-mended", NOTE)]
        assert site
        words = site.name if column == "name" else site.hours
        assert words
        assert words.text == MENDED[text]


@pytest.mark.parametrize(
    ("text", "printed", "called"),
    [
        ("(510) 444-6969 / (510) 444-6970", "(510) 444-6969", "tel:+15104446969"),
        ("Fax: 510 444 6970; voice: 510 444 6969", "510 444 6969", "tel:+15104446969"),
        ("(510) 444-6969 x12 or 988", "(510) 444-6969 x12", "tel:+15104446969;ext=12"),
        ("988 or 211", "988", "tel:988"),
        ("(510)\u200e 444-6969 / 988", "(510) 444-6969", "tel:+15104446969"),
        ("(510)\u202f444-6969 / 988", "(510) 444-6969", "tel:+15104446969"),
    ],
)
def test_of_several_telephones_the_first_is_printed(
    text: str, printed: str, called: str, tmp_path: Path
) -> None:
    site, told = one(tmp_path, tel=text)
    assert site
    assert site.tel
    assert (site.tel.text, site.tel_link) == (printed, called)
    assert told == [("site-first-of-several", WARNING)]


@pytest.mark.parametrize(
    "text", ["example.org; www.example.org/b", "https://example.org or http://example.org"]
)
def test_of_several_addresses_the_first_is_printed(text: str, tmp_path: Path) -> None:
    site, told = one(tmp_path, url=text)
    assert site
    assert str(site.url) == "https://example.org"
    assert told == [("site-first-of-several", WARNING)]


def test_a_flaw_in_a_cell_that_can_be_done_without_costs_the_cell(tmp_path: Path) -> None:
    site, _ = one(tmp_path, tel="1.51E+10", url="nowhere", hours="9-May", zip="2114", city="Boston")
    assert site
    assert (site.tel, site.url, site.hours, site.tel_link) == (None, None, None, None)
    assert [str(line) for line in site.lines] == ["Boston"]


def test_a_public_lists_own_names_are_known(tmp_path: Path) -> None:
    header = "Organization,Site Name,Street Address,City,State,Postal Code,Phone Number,Website"
    row = "Example County,Pier 9,1 Pier,Oakland,CA,94612,(510) 444-6969,www.example.org"
    nameless = "Example City,,2 Pier,Oakland,CA,94612,,"
    found = sites(tmp_path, row, nameless, columns=header)
    assert found.problems[0].code == "csv-column-unread"
    assert 'Organization" is read only where "Site Name" is empty' in found.problems[0].message
    assert [str(site.name) for site in found.sites.values()] == ["Pier 9", "Example City"]


def test_how_many_a_site_gets_may_stand_in_the_table(tmp_path: Path) -> None:
    (tmp_path / "materials").mkdir()
    rows = 'name,Copies,copies es,Sheets\nA,"1,200",0,7\nB,,,some\n'
    counts: dict[str, tuple[str, ...]] = {"copies": (), "copies es": (), "sheets": ()}
    (tmp_path / PATH).write_text(rows, "utf-8")
    found = read_sites(Project(Sources(tmp_path)), PATH, {}, counts)
    a, b = found.sites.values()
    assert (a.count("copies"), a.count("copies es"), a.count("SHEETS")) == (1200, 0, 7)
    assert (b.count("copies"), b.count("sheets"), a.count("other")) == (None, None, None)
    assert [(one.code, one.severity) for one in found.problems] == [("site-count", WARNING)]


def chosen(**columns: str) -> dict[str, Words]:
    return {name: Words(text, Source("event.yaml", 3), name) for name, text in columns.items()}


def test_with_columns_that_are_named_no_other_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "materials").mkdir()
    rows = "PublicName,Tel,Remark,Latitude\nPier 9,988,bad \u202e sign,37.8\n,988,nobody,\n"
    (tmp_path / PATH).write_text(rows, "utf-8")
    project = Project(Sources(tmp_path))
    found = read_sites(project, PATH, chosen(name="public name", tel="TEL"))
    assert [(str(site.name), str(site.tel)) for site in found.sites.values()] == [("Pier 9", "988")]
    assert [problem.code for problem in found.problems] == ["site-name"]
    with pytest.raises(HrcpubError) as caught:
        read_sites(project, PATH, chosen(name="PublicNames"))
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.source)) == ("csv-column-missing", "event.yaml:3")
    assert problem.hint == 'did you mean "PublicName"?'


def test_every_bad_row_is_told_and_the_good_ones_stand(tmp_path: Path) -> None:
    rows = ["a,A,12", "b,B,(510) 444-6969", "c,,988", "d,D", "-e,E,988", "f,F,211"]
    found = sites(tmp_path, *rows, columns="id,name,tel")
    assert list(found.sites) == ["a", "b", "f"]
    assert {name: place.line for name, place in found.left_out.items()} == {"c": 4, "d": 5, "-e": 6}
    assert [(one.code, one.source.line if one.source else 0) for one in found.problems] == [
        ("site-tel", 2),
        ("site-name", 4),
        ("csv-width", 5),
        ("site-id", 6),
    ]


def test_the_same_name_and_address_twice_is_warned_of(tmp_path: Path) -> None:
    found = sites(tmp_path, "A,1 Street", "a,1 street", "A,2 Street", columns="name,address")
    assert [(one.code, one.severity) for one in found.problems] == [("site-alike", WARNING)]
    assert len(found.sites) == 3


def test_a_table_without_names_stops(tmp_path: Path) -> None:
    with pytest.raises(HrcpubError) as caught:
        sites(tmp_path, "a,1", columns="id,box")
    assert [problem.code for problem in caught.value.problems] == ["site-name"]


LOGOS = {
    "sound.png": (png(), None),
    "sound.jpg": (png(kind="JPEG"), None),
    "cut.png": (png(200, 200)[:-2000], "image-broken"),
    "cut.jpg": (png(200, 200, "JPEG")[:-500], "image-broken"),
    "junk.png": (b"junk", "image-broken"),
    "empty.png": (b"", "image-broken"),
    "moving.gif": (png(kind="GIF"), "image-broken"),
    "bomb.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo-unfit"),
    "disguised.png": (b"<?xml version='1.0'?><svg/>", "logo-unfit"),
    "wide.png": (header_only(13_000, 10), "logo-unfit"),
    "large.png": (header_only(9_000, LIMIT.area // 9_000 + 1), "logo-unfit"),
    "bomb.png": (header_only(60_000, 60_000), "logo-unfit"),
    "none.png": (None, "image-missing"),
    "../outside.png": (None, "image-missing"),
}


@pytest.mark.parametrize("name", LOGOS)
def test_a_logo_is_a_whole_picture_of_sane_size(name: str, tmp_path: Path) -> None:
    data, code = LOGOS[name]
    root = tmp_path / "project"
    root.mkdir()
    if data is not None:
        (root / name).write_bytes(data)
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # as WeasyPrint leaves it
    site, told = one(root, logo=name, **{"logo-alt": "A star"})
    assert told == ([(code, ERROR)] if code else [])
    assert (site is not None and site.logo is not None) is (code is None)
    assert LIMIT.side < 13_000


@pytest.mark.parametrize("kind", ["pipe", "device", "link outside"])
def test_what_is_no_ordinary_file_is_no_logo(kind: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    path = root / "logo.png"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        (tmp_path / "real.png").write_bytes(png())
        path.symlink_to(tmp_path / "real.png")
    site, told = one(root, logo="logo.png", **{"logo-alt": "A star"})
    assert (site, told) == (None, [("image-missing", ERROR)])


def test_a_table_is_read_again_when_one_of_its_logos_changes(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(png())
    rows = [f"s{number},S{number},logo.png,Star {number}" for number in range(100)]
    sites(tmp_path, *rows, columns="id,name,logo,logo-alt")
    sources = Sources(tmp_path)
    opened = Project(sources)
    first = read_sites(opened, PATH)
    assert read_sites(opened, PATH) is first
    assert {site.logo.alt for site in first.sites.values() if site.logo} == {
        f"Star {number}" for number in range(100)
    }
    assert set(sources.reads.files) == {PATH, "logo.png"}
    path.write_bytes(png(30))
    logo = read_sites(opened, PATH).sites["s7"].logo
    assert logo
    assert logo.width == 30


def test_a_logo_without_words_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(png())
    assert one(tmp_path, logo="logo.png") == (None, [("site-logo-alt", ERROR)])


SAMPLES = {
    "a sample": (
        ["(510) 555-0101,https://example.org/a", "(510) 555-0102,"],
        [("site-fiction", 2)],
    ),
    "one row of it": (["(510) 555-0101,https://www.example.com"], [("site-fiction", 2)]),
    "a sample with a mistake": (
        ["Ana,https://example.org/a", "(510) 555-0102,https://b.example/"],
        [("site-tel", 2), ("site-fiction", 2)],
    ),
    "a real telephone": (
        ["988,https://example.org/a", "(510) 555-0102,https://example.org/b"],
        [("telephone-fiction", 3)],
    ),
    "a real address": (
        ["(510) 555-0101,https://example.org.uk", "(510) 555-0102,https://example.org/b"],
        [("telephone-fiction", 2), ("telephone-fiction", 3)],
    ),
    "no address": (["(510) 555-0101,"], [("telephone-fiction", 2)]),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_made_up_telephones_are_a_note_in_a_sample_and_warnings_elsewhere(
    name: str, tmp_path: Path
) -> None:
    cells, told = SAMPLES[name]
    rows = [f"s{number},S{number},{row}" for number, row in enumerate(cells)]
    found = sites(tmp_path, *rows, columns="id,name,tel,url")
    assert [(problem.code, problem.source.line) for problem in found.problems] == told
    severities = {"site-fiction": Severity.NOTE, "site-tel": WARNING, "telephone-fiction": WARNING}
    for problem in found.problems:
        assert problem.severity is severities[problem.code]


@pytest.mark.parametrize(
    ("contacts", "tel", "called"),
    [
        (None, "(510) 444-6969", "tel:+15104446969"),
        ('calling-code: "1"', "988", "tel:988"),
        ('calling-code: "44"', "116 123", "tel:116123"),
        ('calling-code: "+44"', "020 7219 4272", "tel:+442072194272"),
        ('calling-code: "1"\ncountry: CA', "416 967 1111", "tel:+14169671111"),
        ("calling-code: [1", "(510) 444-6969", "tel:+15104446969"),  # its own command says so
    ],
)
def test_a_telephone_is_called_from_the_projects_country(
    contacts: str | None, tel: str, called: str, tmp_path: Path
) -> None:
    if contacts:
        (tmp_path / "materials").mkdir()
        (tmp_path / "materials/contacts.yaml").write_text(contacts + "\n", "utf-8")
    site, told = one(tmp_path, tel=tel)
    assert (site.tel_link, told) == (called, [])


def test_this_projects_sites_are_made_up_and_right() -> None:
    found = read_sites(Project(Sources(ROOT)), PATH)
    assert [problem.code for problem in found.problems] == ["site-fiction"]
    assert len(found.sites) == 8
    for site in found.sites.values():
        assert site.tel is None or "555-01" in site.tel.text
        assert site.url is None or site.url.text.startswith("https://example.org/")
    assert [site.id for site in found.sites.values() if not site.tel] == ["library-table"]
    assert [site.id for site in found.sites.values() if not site.url] == ["harbor-outreach"]
