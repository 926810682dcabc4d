"""IPP's keywords for what is the matter with a printer or a job, in words, with what to do.

Keywords: RFC 8011 §5.3.8 and §5.4.12, PWG 5100.9 and 5100.13 (registered with IANA).
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Matter(NamedTuple):
    """What is the matter, and what to do about it; nothing to do where it passes by itself."""

    keyword: str
    words: str
    todo: str = ""


_MATTERS = {
    matter.keyword: matter
    for matter in (
        Matter("media-jam", "paper is jammed", "open the printer, take the paper out, close it"),
        Matter("media-empty", "the paper is used up", "put paper in: the job goes on by itself"),
        Matter("media-needed", "it wants paper", "put in the paper that its display asks for"),
        Matter("media-low", "there is little paper left", "have more at hand"),
        Matter("media-path-cannot-duplex-media-selected", "it cannot turn this paper"),
        Matter("toner-empty", "the toner is used up", "put in a new cartridge"),
        Matter("toner-low", "there is little toner left", "have a new cartridge at hand"),
        Matter("marker-supply-empty", "the toner or ink is used up", "put in a new cartridge"),
        Matter("marker-supply-low", "there is little toner or ink left", "have a new one at hand"),
        Matter("marker-waste-full", "the box for waste toner is full", "put in an empty one"),
        Matter("marker-waste-almost-full", "the box for waste toner is almost full"),
        Matter("cover-open", "a cover is open", "close it"),
        Matter("door-open", "a door is open", "close it"),
        Matter("interlock-open", "a cover is open", "close it"),
        Matter("input-tray-missing", "a tray is missing", "push it in"),
        Matter("output-tray-missing", "the tray for finished sheets is missing", "put it in"),
        Matter("output-area-full", "the tray for finished sheets is full", "take the sheets out"),
        Matter("output-area-almost-full", "the tray for finished sheets is almost full"),
        Matter("fuser-over-temp", "it is too hot", "wait: it goes on by itself"),
        Matter("fuser-under-temp", "it is warming up"),
        Matter("opc-life-over", "its drum is worn out", "call whoever looks after the printer"),
        Matter("opc-near-eol", "its drum is nearly worn out"),
        Matter("offline", "it does not answer", "switch it on, and look at its cable or network"),
        Matter("shutdown", "it is switched off", "switch it on"),
        Matter("timed-out", "it does not answer", "switch it on, and look at its cable or network"),
        Matter("connecting-to-device", "the computer is looking for it"),
        Matter("paused", "somebody has stopped it", "let it go on: cupsenable NAME"),
        Matter("moving-to-paused", "it stops after this sheet"),
        Matter("stopped-partly", "a part of it is stopped"),
        Matter("spool-area-full", "its memory is full", "wait, or send fewer copies at once"),
        Matter("identify-printer-requested", "somebody is looking for it"),
        Matter("cups-waiting-for-job-completed", "it is printing"),
        Matter("cups-missing-filter", "a program is missing for it", "install cups-filters"),
        Matter("cups-insecure-filter", "a program for it is not safe", "install its driver anew"),
        Matter("cups-remote-pending-held", "another job is before this one"),
        Matter("cups-certificate-error", "its certificate is not trusted"),
        Matter("cups-pki-changed", "it is not the printer that it was: its certificate changed"),
        Matter("printer-stopped", "somebody has stopped it", "let it go on: cupsenable NAME"),
        Matter("job-held-for-release", "the job waits until it is released at the printer"),
        Matter("job-hold-until-specified", "the job is held until later"),
        Matter("job-password-wait", "the job waits for a number", "type it at the printer"),
        Matter("account-authorization-failed", "you may not print here", "ask who owns it"),
        Matter("account-limit-reached", "your pages are used up", "ask who owns the printer"),
        Matter("document-format-error", "it cannot read the file"),
        Matter("unsupported-document-format", "it cannot read such files"),
        Matter("aborted-by-system", "the printer gave the job up"),
        Matter("job-canceled-by-user", "somebody stopped the job"),
        Matter("job-canceled-at-device", "somebody stopped the job at the printer"),
        Matter("job-canceled-by-operator", "somebody stopped the job"),
    )
}  # fmt: skip
# What only says that all is well, or what a state says already.
_SILENT = {
    "none", "job-printing", "job-incoming", "job-data-insufficient", "job-queued",
    "job-transforming", "job-interpreting", "processing-to-stop-point", "job-spooling",
    "job-completed-successfully", "job-completed-with-warnings", "job-completed-with-errors",
    "cups-waiting-for-job-completed", "job-outgoing", "job-queued-in-device", "job-stopped",
    "job-fetchable", "resources-are-not-ready",
}  # fmt: skip


def matter(keyword: str, queue: str = "NAME") -> Matter | None:
    """Return what a keyword says; None where all is well. Unknown ones are read as they stand.

    What to do names the queue.
    """
    plain = re.sub(r"-(error|warning|report)$", "", keyword)
    if plain in _SILENT:
        return None
    found = _MATTERS.get(plain, Matter(plain, plain.replace("-", " ")))
    return found._replace(todo=found.todo.replace("NAME", queue))
