"""A `Catalog` to the text of its PO file, as gettext's own programs write it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from hrcpub.project.translations.catalog import Catalog, Message
from hrcpub.project.translations.line_breaks import width, wrapped

PAGE = 79  # columns: gettext's `--width`, of which two are quotation marks (write-po.c, PAGE_WIDTH)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_ESCAPED = re.compile(r"\\.")


def text_of(catalog: Catalog) -> str:
    """Return the text of a catalog's file; messages out of use stand at its end."""
    header = "".join(f"{name}: {value}\n" for name, value in catalog.header.items())
    head = Message("", "", header, notes=catalog.notes, flags=catalog.flags)
    used = [message for message in catalog.messages if not message.is_obsolete]
    old = [message for message in catalog.messages if message.is_obsolete]
    parts = ["\n".join(_lines(message)) for message in (head, *used, *old)]
    if catalog.end:
        parts.append("\n".join(_comment("#", line) for line in catalog.end))
    return "\n\n".join(parts) + "\n"


def _lines(message: Message) -> Iterator[str]:
    """Yield the lines of one message."""
    yield from (_comment("#", note) for note in message.notes)
    yield from (_comment("#.", line) for line in message.told)
    if message.files:
        yield from _files(message.files)
    if message.flags:
        yield f"#, {', '.join(message.flags)}"
    old = "#~" if message.is_obsolete else ""
    context, source = message.previous
    if context is not None:
        yield from text_lines("msgctxt", context, f"{old or '#'}| ")
    if source is not None:
        yield from text_lines("msgid", source, f"{old or '#'}| ")
    if message.slot:
        yield from text_lines("msgctxt", message.slot, old and f"{old} ")
    yield from text_lines("msgid", message.source, old and f"{old} ")
    yield from text_lines("msgstr", message.words, old and f"{old} ")


def _comment(sign: str, text: str) -> str:
    # Another sign of its kind right behind the hash would make it another kind of comment.
    return f"{sign} {text}".rstrip() if text.strip() else sign


def _files(files: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines that say where a text is from."""
    line = "#:"
    for file in files:
        if line != "#:" and width(f"{line} {file}") >= PAGE:
            yield line
            line = "#:"
        line = f"{line} {file}"
    yield line


def text_lines(keyword: str, text: str, prefix: str = "") -> Iterator[str]:
    """Yield a keyword and its text; one that takes several lines begins below the keyword.

    As wrap() in gettext's write-po.c: a line ends at each line end of the text.
    """
    room = PAGE - len(prefix) - 2
    portions = _portions(text)
    if len(portions) == 1:
        first = len(keyword) + 1
        lines = _wrapped(portions[0], first, room)
        if len(lines) == 1 and first <= room:
            yield f'{prefix}{keyword} "{lines[0]}"'
            return
    yield f'{prefix}{keyword} ""'
    for portion in portions:
        yield from (f'{prefix}"{line}"' for line in _wrapped(portion, 0, room))


def _wrapped(portion: str, first: int, room: int) -> list[str]:
    """Return the lines of a portion as they are written: none begins within an escape."""
    written = portion.translate(_ESCAPES)
    held = [match.end() - 1 for match in _ESCAPED.finditer(written)]
    if portion.endswith("\n"):
        held.append(len(written) - 2)
    return wrapped(written, first, room, frozenset(held))


def _portions(text: str) -> list[str]:
    """Return the parts of a text that end with a line's end, and what is behind the last."""
    parts = [f"{part}\n" for part in text.split("\n")]
    parts[-1] = parts[-1].removesuffix("\n")
    return parts if parts[-1] or len(parts) == 1 else parts[:-1]


def new_header(
    language: str, name: str, day: datetime.date, more: Mapping[str, str]
) -> dict[str, str]:
    """Return the header of a new file.

    Why a day that is given, not today: the same words give the same file on any day.
    """
    header = {"PO-Revision-Date": f"{day} 00:00+0000", **more}
    return whole_header(header, language, name)


def whole_header(header: Mapping[str, str], language: str, name: str) -> dict[str, str]:
    """Return a header with what gettext's programs miss in one (`msgfmt --check`)."""
    usual = {
        "Project-Id-Version": name,
        "PO-Revision-Date": "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if usual.keys() <= header.keys():
        return dict(header)
    return {**usual, **header}
