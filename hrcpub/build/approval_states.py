"""What was approved of each piece, for lists: nothing is made, and files are not compared anew."""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.build.approvals import Approvals
from hrcpub.build.findings import Findings
from hrcpub.build.job import Job
from hrcpub.build.store import Store
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compare.records import Comparison
from hrcpub.pipeline.compare.wording import DifferencePart, in_short, parts_of
from hrcpub.problems import HrcpubError
from hrcpub.project.approval import Approval, ApprovedEdition, approved_names, read_approval


class ApprovalState(NamedTuple):
    """Who approved a piece, and what has become of it."""

    by: str
    on: str
    # approved: as it was. differs: it does. changed: what it is made of did, and nobody looked yet.
    state: str
    differs: str = ""  # in words
    parts: tuple[DifferencePart, ...] = ()  # the same, to be said in another language

    def __str__(self) -> str:
        """Return it as a line of a table."""
        end = {"differs": f", differs: {self.differs}", "changed": ", changed since"}
        return f"{self.by}, {self.on}{end.get(self.state, '')}"

    def as_json(self) -> dict[str, str]:
        """Return plain values."""
        return {"by": self.by, "on": self.on, "state": self.state, "differs": self.differs}


UNREAD = ApprovalState("?", "?", "?")


def approval_states(sources: Sources) -> dict[str, ApprovalState]:
    """Return the states of all pieces of which something was approved."""
    names = approved_names(sources)
    if not names:
        return {}
    store = Findings(Store(sources.root, sources.root / "output"))
    approvals = Approvals(store)
    states = {}
    for name in names:
        try:
            approval = read_approval(sources, name)
        except HrcpubError:
            states[name] = UNREAD
            continue
        if approval and approval.editions:
            states[name] = _state(approval, approvals, store, sources)
    return states


def _state(
    approval: Approval, approvals: Approvals, store: Findings, sources: Sources
) -> ApprovalState:
    last = max(approval.editions.values(), key=lambda one: one.on)
    state = ApprovalState(last.by, last.on.isoformat(), "approved")
    editions = sorted(approval.editions.items(), key=lambda edition: edition[0] != "screen")
    for name, one in editions:  # that on screens first: what people have seen
        known = _known(approval, name, one, approvals, store, sources)
        if known is None:
            state = state._replace(state="changed")
        elif not known.is_same:
            return state._replace(
                state="differs", differs=in_short(known), parts=tuple(parts_of(known))
            )
    return state


def _known(
    approval: Approval,
    name: str,
    one: ApprovedEdition,
    approvals: Approvals,
    store: Findings,
    sources: Sources,
) -> Comparison | None:
    """Return how an edition differs, if that is known; of files as they were, it does not."""
    if current := store.current(Job(approval.piece, (name,)), name, sources):
        return approvals.known(one.sha256, current[0].sha256, sources)
    made_from = approval.made_from.items()
    if all(sources.digest(path) == digest for path, digest in made_from):
        return Comparison(())
    return approvals.remembered(approval, name, sources)
