"""A file's bytes to what PDFium reads on its pages: a program that did not write them."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2


class ReadBack:
    """A file as PDFium reads it; opened when a page is first asked for."""

    def __init__(self, data: bytes) -> None:
        """Take a file's bytes."""
        self._data = data
        self._document: pypdfium2.PdfDocument | None = None

    def __enter__(self) -> ReadBack:
        """Begin to read."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the file go."""
        if self._document is not None:
            self._document.close()

    def text(self, page: int) -> str:
        """Return what is read on a page, counted from 1; as PDFium does."""
        import pypdfium2

        if self._document is None:
            self._document = pypdfium2.PdfDocument(self._data)
        text_page = self._document[page - 1].get_textpage()
        read: str = text_page.get_text_range()
        return read
