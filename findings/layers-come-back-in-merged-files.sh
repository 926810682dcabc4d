#!/bin/sh
# A layer that is hidden is printed once its page is put into another file
#
# Versions:  pikepdf 10.18.0, pypdf 7.1.1, pypdfium2 5.15.2; qpdf 11.3.0, poppler 22.12.0 (Debian 12)
# Behaviour: Which layers are off stands at the root of a file (/OCProperties, ISO 32000-2, 8.11.4),
#            not at its pages. Who copies pages alone leaves it behind, and every layer is shown:
#            pikepdf's pages.append(), pypdf's append() and add_page(), pypdfium2's import_pages(),
#            qpdf's --empty --pages. None says so, and in the file that was there first nothing is
#            wrong. `qpdf IN --pages . 1 --`, pypdf's clone_from and poppler's pdfunite keep it.
# Seen:      of a page that is white, with a hidden layer all over it: black in those five
# Where it matters:
#   the line that a die cuts, or the words in another language, are on the leaflets that somebody
#   joined into one file for the copier.
#
# Needs `qpdf` and `pdfunite`. Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo "$(qpdf --version | head -n 1), $(pdfunite -v 2>&1 | head -n 1)"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pikepdf==10.18.0 pypdf==7.1.1 \
    pypdfium2==5.15.2 pillow==13.0.0
venv/bin/python - <<'EOF'
import subprocess

import pikepdf
import pypdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String

pdf = pikepdf.new()
page = pdf.add_blank_page(page_size=(100, 100))
layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Die line")))
pdf.Root.OCProperties = Dictionary(
    OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
)
page.obj.Resources = Dictionary(Properties=Dictionary(L1=layer))
page.obj.Contents = pdf.make_stream(b"/OC /L1 BDC 0 g 0 0 100 100 re f EMC")
pdf.save("in.pdf")


def run(*command):
    subprocess.run(command, check=True)


source = pikepdf.open("in.pdf")
with pikepdf.new() as joined:
    joined.pages.append(source.pages[0])
    joined.save("pikepdf append.pdf")
for name, add in {
    "pypdf append": lambda writer: writer.append("in.pdf"),
    "pypdf add_page": lambda writer: writer.add_page(pypdf.PdfReader("in.pdf").pages[0]),
}.items():
    writer = pypdf.PdfWriter()
    add(writer)
    writer.write(f"{name}.pdf")
pypdf.PdfWriter(clone_from="in.pdf").write("pypdf clone_from.pdf")
joined = pypdfium2.PdfDocument.new()
joined.import_pages(pypdfium2.PdfDocument("in.pdf"))
joined.save("pypdfium2 import_pages.pdf")
run("qpdf", "--empty", "--pages", "in.pdf", "--", "qpdf --empty.pdf")
run("qpdf", "in.pdf", "--pages", ".", "1", "--", "qpdf its own pages.pdf")
run("pdfunite", "in.pdf", "in.pdf", "pdfunite.pdf")

shown = {}
for name in (
    "in", "pikepdf append", "pypdf append", "pypdf add_page", "pypdfium2 import_pages",
    "qpdf --empty", "pypdf clone_from", "qpdf its own pages", "pdfunite",
):
    picture = pypdfium2.PdfDocument(f"{name}.pdf")[0].render().to_pil().convert("L")
    shown[name] = "white" if picture.getpixel((50, 50)) > 128 else "black"
    print(f"{name}: {shown[name]}")
seen = list(shown.values())
assert seen == ["white"] + 5 * ["black"] + 3 * ["white"], seen
EOF
