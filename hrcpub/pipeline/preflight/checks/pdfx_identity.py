"""Checks of what a file calls itself: its output intent, PDF/X-4 and PDF/A-2b."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pikepdf

from hrcpub.pipeline.preflight.checks.document import CheckedFile
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.page.bounded import ODD, Budget, head, text
from hrcpub.problems import Problem, Severity

_X4 = "PDF/X-4"


def intent(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """The file does not say for which printing its colours are meant, or says it wrongly.

    Fix: export as PDF/X-4 for the shop's printing condition, such as GRACoL 2006 or FOGRA39.
    PDF/X-4 has exactly one output intent of the kind GTS_PDFX, which names a condition and
    holds, or refers to, its CMYK profile. (ISO 15930-7 §6.2.2, GWG 2022 R0035.)
    """
    if expected.limits is None:
        return
    weight = expected.limits.identity
    listed = file.pdf.Root.get("/OutputIntents")
    array = list(islice(listed, 16)) if isinstance(listed, pikepdf.Array) else []
    dictionaries = [field for field in array if isinstance(field, pikepdf.Dictionary)]
    intents = [field for field in dictionaries if field.get("/S") == "/GTS_PDFX"]
    said = None
    if len(intents) != 1:
        said = f"the file has {len(intents) or 'no'} PDF/X output intent{'s' * (len(intents) > 1)}"
    elif not str(intents[0].get("/OutputConditionIdentifier", "")):
        said = "the output intent names no printing condition"
    else:
        said = _profile_fault(intents[0], file.budget)
    if said:
        yield Problem("output-intent", said, None, None, weight)


def _profile_fault(intent: pikepdf.Dictionary, budget: Budget) -> str | None:
    """Return what is wrong with an output intent's profile."""
    stream = intent.get("/DestOutputProfile")
    if stream is None:
        named = intent.get("/RegistryName") is not None or "/DestOutputProfileRef" in intent
        return None if named else "the output intent has neither a profile nor a registry"
    try:
        if int(stream.get("/N", 0)) != 4:
            return f"the output intent's profile has {int(stream.get('/N', 0))} colours, not 4"
        header = head(stream, budget, 128)
    except ODD:
        return "the output intent's profile cannot be read"
    # The header of a profile (ICC.1 §7.2): its class at 12, its colour space at 16, its mark at 36.
    if header[36:40] != b"acsp":
        return "the output intent's profile is not an ICC profile"
    if header[12:16] != b"prtr" or header[16:20] != b"CMYK":
        kind = header[12:20].decode("latin-1").strip()
        return f"the output intent's profile is for {kind}, not for a CMYK printer"
    return None


def pdfx(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """The file does not say that it is PDF/X-4, or lacks what PDF/X-4 must say of itself.

    Fix: export as PDF/X-4. It must have the mark in the metadata, a title, the dates, whether
    it is trapped, and an identifier. (ISO 15930-7 §6.9 and §6.10.)
    """
    if expected.limits is None:
        return
    weight = expected.limits.identity
    version = file.xmp.get("pdfxid:GTS_PDFXVersion") or file.info.get("/GTS_PDFXVersion")
    if version is None:
        yield Problem("pdfx-identity", "the file is not PDF/X", None, None, weight)
        return
    if not version.startswith(_X4):
        said = f"the file is {text(version)}, not {_X4}"
        yield Problem("pdfx-identity", said, None, None, Severity.WARNING)
    trapped = file.info.get("/Trapped") or file.xmp.get("pdf:Trapped")
    lacks: dict[str, object] = {
        "has no title": file.info.get("/Title") or "dc:title" in file.xmp,
        "has no date": file.info.get("/ModDate") or file.xmp.get("xmp:ModifyDate"),
        "does not say whether it is trapped": trapped in ("True", "False"),
        "has no identifier": "/ID" in file.pdf.trailer,
    }
    for lack, there in lacks.items():
        if not there:
            yield Problem("pdfx-identity", f"the file {lack}", None, None, weight)


def pdfa(file: CheckedFile, expected: Expected) -> Iterator[Problem]:
    """A press file of hrcpub's does not say that it is PDF/A-2b, or an encrypted file says so.

    Fix: if hrcpub made the file, please report it: it is our mistake. If not, save it without a
    password; veraPDF says what else PDF/A asks for.
    """
    part = file.xmp.get("pdfaid:part")
    if expected.is_press and expected.ours and (part or "") < "2":
        yield Problem("pdfa-identity", "the file is not PDF/A-2b")
    if part and file.pdf.is_encrypted:
        yield Problem("pdfa-identity", f"the file says it is PDF/A-{text(part)}, but is encrypted")


FILE_CHECKS = (intent, pdfx, pdfa)

CODES = {"output-intent": intent, "pdfx-identity": pdfx, "pdfa-identity": pdfa}
