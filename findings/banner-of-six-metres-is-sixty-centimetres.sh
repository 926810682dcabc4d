#!/bin/sh
# A banner of 6 m is 60 cm long in poppler and in PDFium, and 6 m in Ghostscript and pdf.js
#
# Versions:  img2pdf 0.6.3, pypdfium2 5.15.2, pdfjs-dist 5.6.205; Ghostscript 10.00.0 and poppler
#            22.12.0 (Debian 12)
# Behaviour: Pages over 200 in are written in units of their own (/UserUnit, ISO 32000-2,
#            14.11.2.1). img2pdf does so, with a unit of 10 points. Ghostscript and pdf.js reckon
#            with it. PDFium, which prints for Chrome, and poppler leave it out: pdfinfo says
#            another size, and pdftocairo writes a PDF that is a tenth as long for good. Nothing is
#            said of it.
# Seen:      17008 x 2835 pt in Ghostscript and pdf.js, 1701 x 283 pt in the others
# Where it matters:
#   the size on the order is checked with pdfinfo or in a browser, and a shop prints the banner ten
#   times as long; or a banner that goes through a tool of poppler is printed on a strip of 60 cm.
#
# Needs `gs`, `pdfinfo`, `pdftocairo` and npm. Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo "Ghostscript $(gs --version), $(pdfinfo -v 2>&1 | head -n 1)"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check img2pdf==0.6.3 pypdfium2==5.15.2 \
    pillow==13.0.0
npm install --silent --no-audit --no-fund pdfjs-dist@5.6.205 > npm.log
venv/bin/python - <<'EOF'
import io
import re
import subprocess

import img2pdf
import pypdfium2
from PIL import Image

picture = io.BytesIO()
Image.new("L", (600, 100), 128).save(picture, "PNG")
size = img2pdf.mm_to_pt(6000), img2pdf.mm_to_pt(1000)
with open("banner.pdf", "wb") as file:
    file.write(img2pdf.convert(picture.getvalue(), layout_fun=img2pdf.get_layout_fun(size)))


def said(*command):
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout + done.stderr


def pdfinfo(name):
    found = re.search(r"Page size: +([\d.]+) x ([\d.]+) pts", said("pdfinfo", name))
    return float(found[1]), float(found[2])


with open("size.mjs", "w") as file:
    file.write("""
import {getDocument} from 'pdfjs-dist/legacy/build/pdf.mjs'
import fs from 'fs'
const data = new Uint8Array(fs.readFileSync('banner.pdf'))
const page = await (await getDocument({data}).promise).getPage(1)
const {width, height} = page.getViewport({scale: 1})
console.log(`size ${width} ${height}`)
""")
shown = re.search(r"size ([\d.]+) ([\d.]+)", said("node", "size.mjs"))
box = said("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=bbox", "banner.pdf")
drawn = re.search(r"HiResBoundingBox: [\d.]+ [\d.]+ ([\d.]+) ([\d.]+)", box)
said("pdftocairo", "-pdf", "banner.pdf", "cairo.pdf")
sizes = {
    "Ghostscript": (float(drawn[1]), float(drawn[2])),
    "pdf.js": (float(shown[1]), float(shown[2])),
    "PDFium": pypdfium2.PdfDocument("banner.pdf")[0].get_size(),
    "pdfinfo": pdfinfo("banner.pdf"),
    "pdftocairo -pdf": pdfinfo("cairo.pdf"),
}
for name, (wide, high) in sizes.items():
    print(f"{name}: {wide:.0f} x {high:.0f} pt, {wide / 72 * 0.0254:.2f} m long")
seen = [round(wide / size[0], 2) for wide, _ in sizes.values()]
assert seen == [1, 1, 0.1, 0.1, 0.1], seen
EOF
