"""What is done with a finished piece, over HTTP: compared, approved, printed, packed."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from hrcpub.printing.fitting import PrintJob
from hrcpub.printing.libcups import cups_missing
from hrcpub.printing.queues import LoadedPaper, Queue
from hrcpub.printing.sending import JobState
from hrcpub.problems import HrcpubError
from hrcpub.studio.app import app
from tests.shared.paper import PaperRoom
from tests.shared.project import copy_project
from tests.studio.test_guard import KEY, PORT, NoRenderer, entered

PIECE = "our-card"
FILE = f"materials/{PIECE}.yaml"
CARD = """\
layout: card
title: How to Reach Us
language: en
code: O1
revision: 1
revised: 2026-11-22
words:
  title: How to Reach Us
  contacts: [east-coast, west-coast]
"""
SECONDS = 60  # that printing may take on a busy machine


@dataclass
class BadDay(PaperRoom):
    """A printer that may refuse a job, or wait for paper until the job is stopped."""

    refuses: Exception | None = None
    is_empty: bool = False
    stopped: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)  # a job is handed over
    goes_on: threading.Event | None = None  # until then it is

    def send(self, job: PrintJob, queue: Queue) -> int:
        """Keep a job, or refuse it."""
        if self.refuses:
            raise self.refuses
        self.begun.set()
        if self.goes_on:
            self.goes_on.wait(SECONDS)
        return super().send(job, queue)

    def follow(self, queue: Queue, job_id: int) -> Iterator[JobState]:
        """Yield the states of a job."""
        if not self.is_empty:
            yield from super().follow(queue, job_id)
            return
        yield JobState("stopped", 1, ("media-empty-error", "paused", "job-printing"))
        self.stopped.wait(SECONDS)
        yield JobState("canceled", 1, ("job-canceled-by-user",))

    def cancel(self, queue: Queue, job_id: int) -> bool:
        """Stop a job."""
        self.stopped.set()
        return True


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_project(tmp_path_factory.mktemp("sending") / "project")
    (root / FILE).write_text(CARD)
    return root


@pytest.fixture(scope="module")
def open_room() -> BadDay:
    return BadDay()


@pytest.fixture
def room(open_room: BadDay) -> BadDay:
    """Return the printers' room, as if nobody had printed there."""
    open_room.__init__()  # type: ignore[misc]
    return open_room


@pytest.fixture(scope="module")
def window(root: Path, open_room: BadDay) -> Iterator[TestClient]:
    """Return a window of the studio, with one process for all that takes a while."""
    guarded = app(root, KEY, PORT, NoRenderer(), open_room)  # type: ignore[arg-type]
    with entered(guarded) as client:
        yield client


def got(window: TestClient, path: str) -> Any:
    answer = window.get(f"/api/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def done(window: TestClient, path: str, **body: object) -> Any:
    answer = window.post(f"/api/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def compared(window: TestClient, how: str, edition: str = "screen", **more: object) -> Any:
    return done(window, f"piece/{PIECE}/compare", how=how, edition=edition, **more)


def refused(window: TestClient, path: str, **body: object) -> list[str]:
    """Return the codes of the Problems with which something is refused."""
    answer = window.post(f"/api/{path}", json=body)
    assert answer.status_code == 422, answer.text
    return [problem["code"] for problem in answer.json()["problems"]]


def planned(window: TestClient, queue: str = "Front", copies: int = 25) -> dict[str, Any]:
    fields: dict[str, Any] = done(window, f"piece/{PIECE}/print", queue=queue, copies=copies)
    return fields


def state(window: TestClient, number: int, *wanted: str) -> dict[str, Any]:
    """Return how far a run is as soon as its state is one of those that are wanted."""
    end = time.monotonic() + SECONDS
    while (fields := got(window, f"printing/{number}"))["state"] not in wanted:
        assert time.monotonic() < end, fields
        time.sleep(0.01)
    found: dict[str, Any] = fields
    return found


def test_printers_are_listed_with_what_is_the_matter_and_what_is_in_them(
    window: TestClient, room: BadDay
) -> None:
    front, back = room.there
    papers = (LoadedPaper("iso_a4", "a4", colour="yellow"), LoadedPaper("custom", None))
    room.there = (replace(front, reasons=("none", "toner-low-report"), ready=papers), back)
    front_fields, back_fields = got(window, "queues")["queues"]
    assert (front_fields["is_default"], front_fields["is_two_sided"]) == (True, True)
    assert front_fields["matters"] == ["there is little toner left"]
    assert front_fields["loaded"] == ["yellow a4", "custom"]
    assert (back_fields["name"], back_fields["is_two_sided"]) == ("Back", False)
    room.missing = cups_missing()
    fields = got(window, "queues")
    assert (fields["queues"], fields["problems"][0]["code"]) == ([], room.missing.code)


def test_a_sheet_is_printed_first_and_the_rest_when_it_is_right(
    window: TestClient, room: BadDay
) -> None:
    plan = planned(window)
    assert (plan["sheets"], plan["pieces"], plan["edge"]) == (3, 30, "long")
    assert (plan["can_print"], plan["turns"]) == (True, False)
    number = plan["number"]
    assert done(window, f"printing/{number}/begin", proof=True)["all"] == 3
    assert state(window, number, "proof")["sheets"] == 1
    again = window.post(f"/api/printing/{number}/begin", json={})
    assert again.status_code == 400
    done(window, f"printing/{number}/go-on")
    assert state(window, number, "done")["sheets"] == 3
    assert [job.copies for _, job in room.sent] == [1, 2]


def test_a_pile_is_turned_by_hand_before_its_backs_are_printed(
    window: TestClient, room: BadDay
) -> None:
    plan = planned(window, "Back")
    assert plan["turns"]
    number = plan["number"]
    done(window, f"printing/{number}/begin")
    waiting = state(window, number, "turn")
    assert (len(waiting["steps"]), waiting["sheets"]) == (3, 3)
    assert [str(job.part) for _, job in room.sent] == ["fronts"]
    done(window, f"printing/{number}/go-on")
    assert state(window, number, "done")["sheets"] == 3
    assert [str(job.part) for _, job in room.sent] == ["fronts", "backs"]


@pytest.mark.parametrize(("queue", "waits"), [("Front", "proof"), ("Back", "turn")])
def test_a_run_that_is_stopped_between_two_jobs_sends_no_more(
    window: TestClient, room: BadDay, queue: str, waits: str
) -> None:
    number = planned(window, queue)["number"]
    done(window, f"printing/{number}/begin", proof=waits == "proof")
    state(window, number, waits)
    done(window, f"printing/{number}/stop")
    assert state(window, number, "failed")["problems"] == []
    assert len(room.sent) == 1


def test_a_job_that_waits_says_what_to_do_and_is_stopped_at_the_printer(
    window: TestClient, room: BadDay
) -> None:
    room.is_empty = True
    number = planned(window)["number"]
    done(window, f"printing/{number}/begin")
    end = time.monotonic() + SECONDS
    while not (fields := got(window, f"printing/{number}"))["matters"]:
        assert time.monotonic() < end
        time.sleep(0.01)
    assert (fields["said"], fields["sheets"]) == ("stopped", 1)
    assert fields["matters"] == [
        {"words": "the paper is used up", "todo": "put paper in: the job goes on by itself"},
        {"words": "somebody has stopped it", "todo": "let it go on: cupsenable Front"},
    ]
    done(window, f"printing/{number}/stop")
    (problem,) = state(window, number, "failed")["problems"]
    assert problem["message"] == "Front did not print all of it: somebody stopped the job"


def test_a_run_that_is_stopped_while_its_job_is_handed_over_is_stopped_at_the_printer(
    window: TestClient, room: BadDay
) -> None:
    room.is_empty, room.goes_on = True, threading.Event()
    number = planned(window)["number"]
    done(window, f"printing/{number}/begin")
    assert room.begun.wait(SECONDS)
    done(window, f"printing/{number}/stop")
    room.goes_on.set()
    assert room.stopped.wait(SECONDS / 2)
    assert state(window, number, "failed")["problems"]


def test_a_run_that_is_stopped_as_its_first_sheet_comes_out_asks_nothing(
    window: TestClient, room: BadDay
) -> None:
    room.goes_on = threading.Event()
    number = planned(window)["number"]
    done(window, f"printing/{number}/begin", proof=True)
    assert room.begun.wait(SECONDS)
    done(window, f"printing/{number}/stop")  # too late for the printer
    room.goes_on.set()
    assert state(window, number, "failed", "proof")["state"] == "failed"
    assert len(room.sent) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (HrcpubError(cups_missing()), cups_missing().message),
        (OSError("no more room"), "Front did not print all of it: OSError: no more room"),
    ],
    ids=["told", "not foreseen"],
)
def test_a_job_that_is_refused_is_told_and_nobody_waits_for_it(
    window: TestClient, room: BadDay, error: Exception, said: str
) -> None:
    room.refuses = error
    number = planned(window)["number"]
    done(window, f"printing/{number}/begin")
    (problem,) = state(window, number, "failed")["problems"]
    assert problem["message"] == said


def test_what_cannot_be_printed_is_refused(window: TestClient, room: BadDay) -> None:
    for copies, queue, status in ((0, "Front", 400), (10_000, "Front", 400), (1, "Side", 404)):
        asked = {"copies": copies, "queue": queue}
        assert window.post(f"/api/piece/{PIECE}/print", json=asked).status_code == status
    assert refused(window, "piece/none/print", copies=1, queue="Front") == ["print-nothing"]
    assert window.get("/api/printing/999").status_code == 404
    assert window.post(f"/api/piece/{PIECE}/print", content="{").status_code == 400


def test_a_file_for_the_office_is_made_and_handed_over(window: TestClient, root: Path) -> None:
    fields = done(window, f"piece/{PIECE}/office")
    assert "two-sided" in fields["note"]
    answer = window.get(fields["file"])
    assert answer.content.startswith(b"%PDF-")
    assert f'filename="{PIECE}.pdf"' in answer.headers["content-disposition"]
    assert refused(window, "piece/none/office") == ["no-piece"]
    broken = root / "materials/broken.yaml"
    broken.write_text(CARD.replace("language: en\n", ""))
    assert refused(window, "piece/broken/office") == ["slot-missing"]
    broken.unlink()
    for path in ("office/none.pdf", f"..%2Foffice/{PIECE}.pdf", f"off.ice/{PIECE}.pdf"):
        assert window.get(f"/api/made/{path}").status_code == 404


def test_an_order_is_packed_for_a_shop_and_nothing_else_is_handed_over(
    window: TestClient, root: Path
) -> None:
    shops = {shop["name"] for shop in got(window, "shops")}
    assert {"digital", "sheetfed"} <= shops
    packed = done(window, f"piece/{PIECE}/pack", quantity=250, printer="digital", due="2099-05-01")
    assert packed["printer"] == "digital"
    data = window.get(f"/api/shop/{packed['file']}").content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        letter = archive.read(next(n for n in archive.namelist() if n.endswith("README.txt")))
    assert f"250 × {PIECE}.pdf" in letter.decode()
    (root / "output/shop/link.zip").symlink_to(root / FILE)
    for name in ("none.zip", "link.zip", "Odd Name.zip", "README.txt"):
        assert window.get(f"/api/shop/{name}").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [{"quantity": 0}, {"quantity": 10_000_001}, {"quantity": 5, "due": "soon"},
     {"quantity": 5, "stock": "heavy " * 40}, {}],
    ids=str,
)  # fmt: skip
def test_an_order_that_makes_no_sense_is_refused(
    window: TestClient, asked: dict[str, object]
) -> None:
    assert window.post(f"/api/piece/{PIECE}/pack", json=asked).status_code in (400, 404)


def test_a_piece_is_approved_compared_and_its_approval_taken_back(
    window: TestClient, root: Path
) -> None:
    address = f"piece/{PIECE}"
    assert refused(window, f"{address}/compare", how="approved", edition="screen") == [
        "never-approved"
    ]
    window.get(f"/api/{address}")  # from then on there is a version to go back to
    assert window.post(f"/api/{address}/approve", json={"by": " "}).status_code == 400
    state = done(window, f"{address}/approve", by=" Ana  Reyes ", note="for the fair")
    assert (state["by"], state["state"]) == ("Ana Reyes", "approved")
    assert got(window, "approvals") == {PIECE: state}
    same = compared(window, "approved")
    assert (same["short"], same["pages"]) == ("no difference", [])
    (problem,) = compared(window, "approved", "office")["problems"]
    assert problem["code"] == "diff-not-approved"

    (root / FILE).write_text(CARD.replace("Reach", "Call"))
    choices = got(window, f"{address}/compare")
    assert choices["approved"]["screen"]["note"] == "for the fair"
    assert {"screen", "large-print"} <= set(choices["built"])
    (version,) = choices["versions"]
    found = [compared(window, "approved"), compared(window, "version", which=version["id"])]
    found.append(compared(window, "built"))  # which the others have left as it was
    for one in found:
        (change,) = one["pages"][0]["words"]
        assert (change["removed"], change["added"]) == ("Reach", "Call")
        assert one["pages"][0]["sides"] == ["before", "after", "changed"]
    assert found[1]["before"].startswith("the version of 20")
    picture = f"/api/compared/{found[0]['number']}/0"
    assert window.get(f"{picture}/changed").content.startswith(b"\x89PNG")
    assert window.get(f"{picture}/none").status_code == 404
    for _ in range(2):  # pictures of a few comparisons are kept
        compared(window, "approved")
    assert window.get(f"{picture}/changed").status_code == 404
    assert refused(window, f"{address}/compare", how="revision", edition="screen", which="x") == [
        "diff-revision"
    ]
    (root / f"materials/approved/{PIECE}.yaml").write_text("editions: [\n")
    assert got(window, f"{address}/compare")["approved"] == {}
    assert got(window, "approvals")[PIECE]["state"] == "?"
    done(window, f"{address}/withdraw")
    assert got(window, "approvals") == {}
    assert refused(window, f"{address}/withdraw") == ["never-approved"]


def test_events_are_told_with_what_is_wrong_in_them(window: TestClient, root: Path) -> None:
    broken = root / "materials/events/broken.yaml"
    broken.write_text("name: [\n")
    fair, unread = got(window, "events")
    broken.unlink()
    assert (fair["name"], fair["date"], fair["sites"]) == ("health-fair", "2027-06-12", 8)
    assert fair["copies"] == sum(row["copies"] for row in fair["rows"])
    assert {row["missing"] > 0 for row in fair["rows"]} == {True}
    assert not any(piece["is_approved"] for piece in fair["pieces"])
    assert (unread["name"], unread["date"], unread["rows"]) == ("broken", None, [])
    assert unread["problems"][0]["source"]["path"] == "materials/events/broken.yaml"


def test_the_page_speaks_the_languages_that_it_has_words_of(window: TestClient) -> None:
    assert got(window, "languages")[:2] == ["en", "es"]
    assert got(window, "words/es")["words"]["Undo"] == "Deshacer"
    assert window.get("/api/words/en").status_code == 404
