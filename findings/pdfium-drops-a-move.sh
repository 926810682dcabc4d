#!/bin/sh
# What follows stands too far left where an array of strings has an empty one
#
# Versions:  pikepdf 10.18.0, pypdfium2 5.15.2 (PDFium), pdfminer.six 20251230
# Behaviour: `[(A) () -1000] TJ (B) Tj` moves the B by 1000 thousandths of the type's size (ISO
#            32000-2, 9.4.3). PDFium does not move it, on the page and in what it reads: with an
#            empty string in the array, the number after the last string is passed over.
# Seen:      the B is 40 pt too far left at 40 pt
# Where it matters:
#   WeasyPrint 70 writes such arrays where a glyph is set off from its place, as Arabic vowel signs
#   are: in Chrome all that follows one in its line stands off. Leave empty strings out of arrays.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    pikepdf==10.18.0 pypdfium2==5.15.2 pdfminer.six==20251230
venv/bin/python - <<'EOF'
import io

import pikepdf
import pypdfium2
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar


def page_of(shown):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 80))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = pikepdf.Stream(pdf, b"BT /F1 40 Tf 20 30 Td %s ET" % shown)
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def by_pdfium(data):
    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    places = {text.get_text_range(at, 1): text.get_charbox(at, loose=True)[0] for at in range(text.count_chars())}
    return round(places["B"])


def by_pdfminer(data):
    todo = list(extract_pages(io.BytesIO(data)))
    while todo:
        one = todo.pop()
        if isinstance(one, LTChar):
            if one.get_text() == "B":
                return round(one.x0)
        elif hasattr(one, "__iter__"):
            todo.extend(one)


plain, empty = page_of(b"[(A) -1000] TJ (B) Tj"), page_of(b"[(A) () -1000] TJ (B) Tj")
print("where the B begins        PDFium  pdfminer")
print("without an empty string: ", by_pdfium(plain), "   ", by_pdfminer(plain))
print("with an empty string:    ", by_pdfium(empty), "    ", by_pdfminer(empty))
assert by_pdfium(plain) == by_pdfminer(plain) == by_pdfminer(empty) == 87
assert by_pdfium(empty) == 47
EOF
