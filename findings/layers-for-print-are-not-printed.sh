#!/bin/sh
# Ghostscript and poppler print what is for the screen alone, and leave out what is for print alone
#
# Versions:  Ghostscript 10.00.0 and poppler 22.12.0 (Debian 12), fpdf2 2.8.9, pypdfium2 5.15.2
# Behaviour: A layer may be on in print and off on the screen, or the other way round (/Usage and
#            /AS, ISO 32000-2, 8.11.4.4). PDFium, which prints for Chrome, heeds that. Ghostscript,
#            with -dPrinted too, and poppler print what the screen shows, as a picture, in inks and
#            as PostScript, and CUPS prints by them. Nothing is said of it.
# Seen:      of fpdf2's optional_content(on_print=False) and optional_content(on_view=False) the
#            first is printed, the second is not; in PDFium it is the other way round
# Where it matters:
#   "a proof, not for print" is on the finished leaflets, a number for print is not, and both were
#   right when somebody tried it in a browser. Make two files, without layers.
#
# Needs `gs`, `pdftoppm` and `pdftops`. Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo "Ghostscript $(gs --version), $(pdftoppm -v 2>&1 | head -n 1)"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fpdf2==2.8.9 pypdfium2==5.15.2 pillow==13.0.0
venv/bin/python - <<'EOF'
import subprocess

import fpdf
import pypdfium2
from PIL import Image

pdf = fpdf.FPDF(unit="pt", format=(40, 40))
for when in ({"on_print": False}, {"on_view": False}):
    pdf.add_page()
    with pdf.optional_content(**when):
        pdf.set_fill_color(0)
        pdf.rect(0, 0, 40, 40, style="F")
pdf.output("layers.pdf")


def run(*command):
    subprocess.run(command, check=True)


def by_gs(name, *arguments):
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-r72", f"-sOutputFile={name}-%d.tif", *arguments)


run("pdftoppm", "-r", "72", "-tiff", "layers.pdf", "poppler")
run("pdftops", "layers.pdf", "layers.ps")
by_gs("gs", "-dPrinted", "-sDEVICE=tiff24nc", "layers.pdf")
by_gs("inks", "-sDEVICE=tiff32nc", "layers.pdf")
by_gs("pdftops", "-sDEVICE=tiff24nc", "layers.ps")
drawn = {
    name: [Image.open(f"{name}-{page}.tif").convert("L") for page in (1, 2)]
    for name in ("gs", "inks", "poppler", "pdftops")
}
document = pypdfium2.PdfDocument("layers.pdf")
for mode in ("lcd", "print"):
    pages = [page.render(optimize_mode=mode).to_pil().convert("L") for page in document]
    drawn[f"PDFium, {'screen' if mode == 'lcd' else mode}"] = pages
shown = {
    name: ["printed" if page.getpixel((20, 20)) < 128 else "left out" for page in pages]
    for name, pages in drawn.items()
}
for name, (screen_layer, print_layer) in shown.items():
    print(f"{name}: for the screen alone {screen_layer}, for print alone {print_layer}")
wrong = ["printed", "left out"]
assert shown.pop("PDFium, print") == wrong[::-1]
assert all(pages == wrong for pages in shown.values())
EOF
