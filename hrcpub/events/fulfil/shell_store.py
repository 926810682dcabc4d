"""Shells kept between builds: each is typeset once, as long as nothing changes.

What is torn or gone is a miss, never an error.
"""

from __future__ import annotations

import json
from typing import Any

from hrcpub.build.memory import Memory
from hrcpub.build.refusals import is_of_project
from hrcpub.build.store import Store, not_written
from hrcpub.events.fulfil.jobs import Failure, Shell, ShellJob
from hrcpub.events.manifest.event import PageView, PieceFacts
from hrcpub.events.shells import shell_unreadable
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.sources import Reads, Sources
from hrcpub.problems import HrcpubError, problem_from_json
from hrcpub.units import Size


class ShellStore:
    """The shells of a project."""

    def __init__(self, store: Store, sources: Sources, bytestore: ByteStore) -> None:
        """Keep them in `bytestore`; `store` knows the programs that they are made with."""
        self._store, self._sources, self._bytestore = store, sources, bytestore
        self._refused = Memory(bytestore, store)

    def current(self, job: ShellJob) -> Shell | None:
        """Return a shell that is kept and still current; None on a miss."""
        stored = self._bytestore.find(self.key(job))
        if stored is None or not self._sources.still_holds(stored.made_from):
            return None
        head, _, pdf = stored.data.partition(b"\n")
        try:
            return self._shell(job, json.loads(head), pdf, stored.made_from)
        except (HrcpubError, ValueError, KeyError, TypeError):
            return None

    def keep(self, shell: Shell) -> None:
        """Keep a shell and its template; raise HrcpubError when they cannot be written."""
        head = {
            "area": shell.area,
            "facts": shell.facts._asdict(),
            "digest": shell.digest,
            "template": shell.template_digest,
            "problems": [problem.as_json() for problem in shell.problems],
        }
        data = json.dumps(head).encode() + b"\n" + shell.pdf
        try:
            if shell.template:
                self._bytestore.keep(template_key(shell.template_digest), shell.template)
            self._bytestore.keep(self.key(shell.job), data, shell.reads)
        except OSError as error:
            raise HrcpubError(not_written(str(self._bytestore.folder), error)) from None

    def refused(self, job: ShellJob) -> Failure | None:
        """Return why a shell could not be made, as long as nothing changes; None on a miss."""
        known = self._refused.recall(_refused_key(job), self._sources, _failure)
        return known[0] if known else None

    def keep_refused(self, job: ShellJob, failure: Failure) -> None:
        """Remember why a shell could not be made, if that is the project's, where it can be."""
        if failure.reads and is_of_project(failure.problems):
            found = {"problems": [problem.as_json() for problem in failure.problems]}
            self._refused.keep(_refused_key(job), found, failure.reads)

    def key(self, job: ShellJob) -> str:
        """Return the key of a shell: what it was made from is kept beside it, not in the key."""
        return f"shell\0{self._store.engine}\0{job.name}"

    def _shell(self, job: ShellJob, head: dict[str, Any], pdf: bytes, reads: Reads) -> Shell:
        facts = head["facts"]
        facts["flat"], facts["finished"] = Size(*facts["flat"]), Size(*facts["finished"])
        facts["place"] = _view(facts["place"]) if facts["place"] else None
        facts["views"] = tuple(map(_view, facts["views"]))
        digest = head["template"]
        return Shell(
            job=job,
            pdf=pdf,
            template=read_template(self._bytestore, digest) if digest else b"",
            area=Size(*head["area"]) if head["area"] else None,
            facts=PieceFacts(**facts),
            digest=head["digest"],
            problems=tuple(problem_from_json(problem) for problem in head["problems"]),
            reads=reads,
            template_digest=digest,
        )


def _view(kept: list[Any]) -> PageView:
    page, box, turn = kept
    return PageView(page, tuple(box) if box else None, turn)


def _refused_key(job: ShellJob) -> str:
    return f"refused shell\0{job.name}"


def _failure(found: dict[str, Any]) -> Failure:
    return Failure(tuple(problem_from_json(problem) for problem in found["problems"]))


def read_template(bytestore: ByteStore, digest: str) -> bytes:
    """Return a packed template by its digest; raise HrcpubError when it is gone.

    Another build cannot change it meanwhile: a template that differs has another digest.
    """
    stored = bytestore.find(template_key(digest))
    if stored is None:
        raise HrcpubError(shell_unreadable("its template is gone"))
    return stored.data


def template_key(digest: str) -> str:
    """Return the key of a packed template."""
    return f"template\0{digest}"
