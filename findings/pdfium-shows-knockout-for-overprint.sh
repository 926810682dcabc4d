#!/bin/sh
# PDFium shows an overprinted cyan on yellow as cyan; the press prints green
#
# Versions:  pypdfium2 5.15.2, pikepdf 10.18.0
# Behaviour: A file that sets /op true and /OPM 1 keeps the ink beneath. PDFium draws it as if it
#            knocked out, and so do poppler 22.12 and Ghostscript 10.00 unless it is told
#            -dOverprint=/simulate. No setting of pypdfium2's render changes that.
# Seen:      (0, 174, 239); Ghostscript with /simulate: (0, 166, 80)
# Where it matters:
#   a preview or a golden picture of press files that is drawn by PDFium cannot show a wrong
#   overprint. Judge plates, not pictures.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 pikepdf==10.18.0 pillow==13.0.0
venv/bin/python - <<'EOF'
import io

import pikepdf
import pypdfium2
from pikepdf import Dictionary

pdf = pikepdf.new()
page = pdf.add_blank_page(page_size=(100, 100))
page.obj.Resources = Dictionary(ExtGState=Dictionary(G=Dictionary(OP=True, op=True, OPM=1)))
page.obj.Contents = pdf.make_stream(
    b"0 0 1 0 k 0 0 100 100 re f /G gs 1 0 0 0 k 20 20 60 60 re f"
)
file = io.BytesIO()
pdf.save(file)
picture = pypdfium2.PdfDocument(file.getvalue())[0].render(scale=1).to_pil().convert("RGB")
middle = picture.getpixel((50, 50))
print("cyan that overprints yellow:", middle)
assert middle == (0, 174, 239)
EOF
