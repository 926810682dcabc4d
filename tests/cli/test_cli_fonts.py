"""`hrcpub fonts`: what there is, and how fonts come: with hrcpub, from a folder, from a package.

No test asks the network: a package is a file here.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest

from hrcpub.cli import starter
from hrcpub.cli.font_files import add_fonts
from hrcpub.cli.font_packages import PACKAGES, FontPackage
from hrcpub.cli.founding import Founding, found
from hrcpub.files.sources import Sources
from hrcpub.pipeline.setting import Face
from hrcpub.problems import HrcpubError
from hrcpub.project.layout import absent_files, read_system
from tests.shared.project import ROOT, Hrcpub

# A small font stands in for one of 6 MB.
FONT = (ROOT / "fonts/noto-sans-lao/NotoSansLao-Regular.ttf").read_bytes()
LICENCE = b"SIL OPEN FONT LICENSE\n"
KOREAN = PACKAGES["noto-sans-kr"]
SAID = [f"fonts/noto-sans-kr/NotoSansKR-{weight}.ttf" for weight in ("Black", "Regular", "Bold")]


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new project, as `init` makes it."""
    folder = tmp_path_factory.mktemp("new") / "begun"
    found(folder, Founding("Test", "en", "letter"))
    return folder


@pytest.fixture
def begun(new: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return shutil.copytree(new, tmp_path / "begun")


def package(folder: Path, files: dict[str, bytes], sha512: str | None = None) -> FontPackage:
    """Write a package of npm, and return its record."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    path = folder / "fonts.tgz"
    path.write_bytes(stream.getvalue())
    digest = base64.b64encode(hashlib.sha512(stream.getvalue()).digest()).decode()
    return FontPackage(path.as_uri(), sha512 or digest, 1, KOREAN.members)


def whole() -> dict[str, bytes]:
    fonts = {name: FONT for own, name in KOREAN.members.items() if own.endswith(".ttf")}
    return fonts | {"LICENSE_FONT": LICENCE, "../../evil.ttf": b"no"}


def test_a_new_project_has_latin_alone_and_gets_another_script(begun: Path, hrcpub: Hrcpub) -> None:
    assert starter.fonts_in(begun) == {"league-gothic", "libre-franklin"}
    done = hrcpub("fonts", "add", "ru", "es", folder=begun)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "fonts/sofia-sans-extra-condensed/SofiaSansExtraCondensed-Black.ttf",
        "Spanish: nothing to add, its fonts are here",
    ]
    folder = begun / "fonts/sofia-sans-extra-condensed"
    assert {path.name for path in folder.iterdir()} == {
        "OFL.txt",
        "SofiaSansExtraCondensed-Black.ttf",
    }
    # They are brought up to date with the rest, and those of other scripts are not brought.
    record = starter.read_record(begun)
    assert record["fonts/sofia-sans-extra-condensed/OFL.txt"]
    assert "are those of this hrcpub" in hrcpub("upgrade", folder=begun).stdout


def test_the_list_says_what_is_there(begun: Path, hrcpub: Hrcpub) -> None:
    rows = json.loads(hrcpub("fonts", "list", "--json", folder=begun).stdout)
    states = {row["key"]: row["state"] for row in rows}
    assert states["Latn"] == "there"
    assert states["Arab"] == "with hrcpub"
    assert states["Kore"] == "to fetch"
    assert all(row["unlicensed"] == [] for row in rows)
    text = hrcpub("fonts", folder=begun).stdout
    assert "Arab  Arabic               with hrcpub          ar fa ur\n" in text
    assert "All have their licence beside them." in text


def test_fonts_come_from_a_package_that_has_the_checksum(begun: Path, tmp_path: Path) -> None:
    sources = Sources(begun)
    record = package(tmp_path, whole())
    added = add_fonts(sources, "ko", packages={"noto-sans-kr": record})
    assert (list(added.files), added.cut_to) == (SAID, "KS X 1001")
    system = read_system(sources)
    own = system.own_faces("ko")
    assert own
    assert absent_files(own, sources) == []
    assert (begun / "fonts/noto-sans-kr/OFL.txt").read_bytes() == LICENCE
    assert not list(tmp_path.rglob("evil.ttf"))
    cut = (begun / SAID[0]).read_bytes()
    assert len(cut) < len(FONT)
    assert Face(cut).missing("Aກ") == "ກ"  # only what Korean's standard has
    assert add_fonts(sources, "ko").files == ()


@pytest.mark.parametrize(
    ("files", "sha512", "code"),
    [
        (whole(), "AAAA", "fonts-altered"),
        ({"LICENSE_FONT": LICENCE}, None, "fonts-incomplete"),
    ],
)
def test_another_package_adds_nothing(
    begun: Path, tmp_path: Path, files: dict[str, bytes], sha512: str | None, code: str
) -> None:
    record = package(tmp_path, files, sha512)
    with pytest.raises(HrcpubError) as caught:
        add_fonts(Sources(begun), "ko", packages={"noto-sans-kr": record})
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not (begun / "fonts/noto-sans-kr").exists()


@pytest.mark.parametrize("name", ["none.tgz", "broken.tgz"])
def test_without_a_network_the_way_out_is_told(begun: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.tgz").write_bytes(b"broken")
    digest = base64.b64encode(hashlib.sha512(b"broken").digest()).decode()
    record = FontPackage((tmp_path / name).as_uri(), digest, 1, KOREAN.members)
    with pytest.raises(HrcpubError) as caught:
        add_fonts(Sources(begun), "ko", packages={"noto-sans-kr": record})
    (problem,) = caught.value.problems
    assert problem.code == "fonts-not-fetched"
    assert problem.hint
    assert "--from FOLDER" in problem.hint


def test_fonts_come_from_a_folder(begun: Path, tmp_path: Path, hrcpub: Hrcpub) -> None:
    folder = tmp_path / "unpacked"
    for name, data in whole().items():
        if ".." not in name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    done = hrcpub("fonts", "add", "ko", "--from", str(folder), folder=begun)
    assert done.stdout.splitlines() == [*SAID, "They have the letters of KS X 1001."]
    done = hrcpub("fonts", "add", "th", "--from", str(folder), folder=begun)
    assert done.returncode == 1
    assert "fonts-incomplete" in done.stderr


def test_a_language_without_a_face_says_so(begun: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("fonts", "add", "si", folder=begun)
    assert done.returncode == 1
    assert "the design has no face for Sinhala" in done.stderr


def test_a_language_that_nobody_knows_has_no_fonts(begun: Path, hrcpub: Hrcpub) -> None:
    for name, code in (("spanish", "language-tag"), ("xx", "language-script")):
        told = hrcpub("fonts", "add", name)
        assert (told.returncode, f"[{code}]" in told.stderr) == (1, True)


def test_each_face_of_the_design_comes_from_somewhere() -> None:
    """With hrcpub, or from a package; each folder of fonts has its licence."""
    system = read_system(Sources(ROOT))
    files = [face.file for own in system.script_faces.values() for face in own.files.values()]
    assert len(files) > 60
    for file in files:
        folder = Path(file).parent
        assert (ROOT / file).is_file() or Path(file).name in PACKAGES[folder.name].members, file
        assert folder.name in PACKAGES or (ROOT / folder / "OFL.txt").is_file()
    named = {Path(file).parent.name for file in files} | {"league-gothic", "libre-franklin"}
    assert starter.fonts_in(ROOT) <= named
    # What travels in the wheel.
    sizes = [path.stat().st_size for path in (ROOT / "fonts").glob("*/*.ttf")]
    large = [path.stat().st_size for path in (ROOT / "fonts/noto-sans-sc").glob("*.ttf")]
    assert sum(sizes) - sum(large) < 12e6
