#!/bin/sh
# The ligature lam-alef comes back as alef-lam, and makes another word
#
# Versions:  WeasyPrint 70.0, pypdfium2 5.15.2, pypdf 7.1.1, Vazirmatn (@expo-google-fonts 0.4.1)
# Behaviour: A font draws lam and alef as one glyph, and the file says of its code that it stands
#            for both, in the order of reading. PDFium takes the letters of one code for a piece of
#            a line from left to right, and turns them round with the line.
# Seen:      PDFium reads السالم for السلام and اإلنسان for الإنسان (poppler 22.12: the same);
#            pypdf reads both as they are
# Where it matters:
#   a writer that gives each letter a code of its own (a space without width for the second) is
#   read right by all of them.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2 pypdf==7.1.1 pillow==13.0.0
npm pack --silent @expo-google-fonts/vazirmatn@0.4.1 >package.txt
tar -xzf "$(cat package.txt)"
cp package/400Regular/Vazirmatn_400Regular.ttf font.ttf
venv/bin/python - <<'EOF'
import io
import pathlib

import pypdf
import pypdfium2
import weasyprint

words = ["السلام", "الإنسان", "كتاب"]
style = (
    f"@font-face {{ font-family: K; src: url({pathlib.Path('font.ttf').resolve().as_uri()}) }}"
    "@page { size: 400pt 100pt; margin: 20pt } p { font: 16pt K }"
)
data = weasyprint.HTML(string=f"<style>{style}</style><p dir=rtl lang=ar>{' '.join(words)}").write_pdf()
by_pdfium = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split()
by_pypdf = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().split()
print("PDFium:", *by_pdfium)
print("pypdf: ", *by_pypdf)
assert by_pdfium == ["السالم", "اإلنسان", "كتاب"]
assert by_pypdf == words
EOF
