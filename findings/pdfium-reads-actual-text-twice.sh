#!/bin/sh
# Two words are read twice where a mark of the first begins behind the second
#
# Versions:  pikepdf 10.18.0, pypdfium2 5.15.2
# Behaviour: PDFium sorts the strings of a line by where they begin, and reads the text beside them
#            (ActualText) whenever it comes to a string of another marked sequence than before. A
#            vowel sign that is drawn as a string of its own may begin a hair behind the first
#            letter of the next word. Then the order is first, second, first, second.
# Seen:      "one two one two" for "one two"
# Where it matters:
#   in Khmer and Burmese marks often reach past the end of their word. A mark's string that begins
#   with a space further back is sorted where it belongs.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pikepdf==10.18.0 pypdfium2==5.15.2
venv/bin/python - <<'EOF'
import io

import pikepdf
import pypdfium2


def read(mark):
    """Return what is read of two words; the first has a mark that begins at `mark`."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 50))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = pikepdf.Stream(
        pdf,
        b"/Span <</ActualText (one )>> BDC BT /F1 10 Tf 1 0 0 1 20 20 Tm (abc) Tj"
        b" 1 0 0 1 %.1f 20 Tm (.) Tj ET EMC "
        b"/Span <</ActualText (two )>> BDC BT /F1 10 Tf 1 0 0 1 38 20 Tm (def) Tj"
        b" 1 0 0 1 53.5 20 Tm (.) Tj ET EMC" % mark,
    )
    file = io.BytesIO()
    pdf.save(file)
    return pypdfium2.PdfDocument(file.getvalue())[0].get_textpage().get_text_range().split()


before, behind = read(37.5), read(38.5)
print("a mark that begins before the second word:", *before)
print("a mark that begins behind its start:      ", *behind)
assert before == ["one", "two"]
assert behind == ["one", "two", "one", "two"]
EOF
