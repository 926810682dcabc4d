"""A worker of a cluster, which stays from one build to the next."""

from __future__ import annotations

import datetime

import pytest

from hrcpub.events.fulfil import remote
from hrcpub.events.fulfil.jobs import Failure, ShellJob
from hrcpub.events.fulfil.remote import Parcel, do, program


def test_a_worker_that_stays_past_midnight_has_the_new_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_makers", {})
    monkeypatch.setattr(remote, "_blobs", {})
    parcel = Parcel(ShellJob("none", "screen"), "list", (), program(), {"list": b"[]"})
    assert isinstance(do(parcel), Failure)
    sources = remote._makers["list"].project.sources
    sources._today = datetime.date.min
    assert isinstance(do(parcel), Failure)
    assert remote._makers["list"].project.sources is sources
    assert sources.has_come(datetime.date.today())
