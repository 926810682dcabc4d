"""What can go wrong while an event's pieces are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrcpub.problems import Problem, Severity, Source, did_you_mean, some

MANY = 8  # files that one message names


def areas_differ(layout: str, count: int) -> Problem:
    """A layout has places of different sizes for the local site's details.

    Fix: give all of a layout's places the same size. A piece has one imprint, which is set
    once.
    """
    return Problem(
        "imprint-areas-differ",
        f"{layout} has {count} places of different sizes for an imprint",
        Source(f"layouts/{layout}/layout.html"),
        "give them one size",
    )


def no_imprint(items: Sequence[str], path: str) -> Problem:
    """Layouts without a place for a site's details print the same piece for every site.

    Fix: nothing, if that is meant. If each site's name and telephone should stand on its copies,
    use a layout that has a place for them, such as `sheet` or `postcard`.
    """
    return Problem(
        "event-no-imprint",
        f"the same for every site, since the layout has no place for its details: "
        f"{', '.join(items)}",
        Source(path),
        None,
        Severity.NOTE,
    )


def unknown_only(name: str, known: Sequence[str]) -> Problem:
    """`--only` names neither an item of the event nor one of its sites.

    Fix: look for a typing mistake. `hrcpub event status` lists the items; the sites' ids are in
    the table of sites.
    """
    hint = did_you_mean(name, known)
    return Problem("event-only", f'the event has no item or site "{name}"', None, hint)


def piece_lost(path: str, how: str) -> Problem:
    """The worker that made a piece died or hung twice. Everything else was made.

    Fix: look for a very large picture in the piece. Then run the same command again: it makes
    what is missing.
    """
    return Problem(
        "piece-lost",
        f"{path} could not be made: its worker {how} twice",
        None,
        "run the same command again: it makes only what is missing",
    )


def cluster_missing() -> Problem:
    """`--cluster` was given, but the package for it is not installed.

    Fix: run `pip install distributed` in the environment that hrcpub is in, on every machine. It is
    an extra, since most people print from one machine.
    """
    return Problem(
        "cluster-missing",
        "Dask is not installed here",
        None,
        "pip install distributed, on this machine and on the workers'",
    )


def cluster_unreachable(address: str, reason: str) -> Problem:
    """No Dask scheduler answers at the address that `--cluster` names.

    Fix: start one with `dask scheduler`, and workers with `dask worker ADDRESS`. Or leave
    `--cluster` out: then this machine does the work.
    """
    return Problem(
        "cluster-unreachable",
        f"no scheduler answers at {address}: {reason}",
        None,
        "start one, or leave --cluster out",
    )


def worker_differs(here: str, there: str) -> Problem:
    """A worker of the cluster has another version of hrcpub, and would make other files.

    Fix: install the same version on every machine.
    """
    return Problem(
        "worker-differs",
        f"a worker has hrcpub {there}, and here it is {here}",
        None,
        "install the same version on every machine",
    )


def kept_from_before(files: Sequence[str], path: str) -> Iterator[Problem]:
    """An incomplete event has files of an earlier build, which could not be made anew.

    A mistake does not cost what was good before. But such files have the words and telephones of
    that day. What the manifest lists no longer is removed.

    Fix: mend what the build tells, and build again. Until then, print and send nothing of these.
    """
    if files:
        yield Problem(
            "event-file-old",
            f"of an earlier build, and kept until all can be made: {some(files, MANY)}",
            Source(path),
            "print and send none of them before the event is complete",
            Severity.WARNING,
        )


def changed_since(files: Sequence[str], path: str) -> Iterator[Problem]:
    """A file is of nothing that the event has now, but somebody changed it: so it is left.

    Fix: keep it elsewhere if you need it, and delete it here. It would be sent with the folder.
    """
    if files:
        yield Problem(
            "event-file-changed",
            f"of nothing that the event has now, but changed since it was made, and so left: "
            f"{some(files, MANY)}",
            Source(path),
            "delete them, before somebody prints them",
            Severity.WARNING,
        )


CODES = {
    "event-file-old": kept_from_before,
    "event-file-changed": changed_since,
    "cluster-missing": cluster_missing,
    "cluster-unreachable": cluster_unreachable,
    "worker-differs": worker_differs,
    "imprint-areas-differ": areas_differ,
    "event-no-imprint": no_imprint,
    "event-only": unknown_only,
    "piece-lost": piece_lost,
}
