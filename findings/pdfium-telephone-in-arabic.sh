#!/bin/sh
# A telephone in an Arabic line is read with its parts in another order
#
# Versions:  WeasyPrint 70.0, pypdfium2 5.15.2, Vazirmatn (@expo-google-fonts 0.4.1)
# Behaviour: PDFium cuts a line at each space and bracket, and in a line from right to left turns
#            the order of the pieces round. A number with a space or a bracket is several pieces.
#            The page is right to the eye, and the number isolated as Unicode asks.
# Seen:      "(212) 555-0123" is read as "555-0123 (212)", and "5 mg" as "mg 5"; "212-555-0123" is
#            read as it is, and so is "+1 212 555 0123" with no-break spaces (poppler 22.12 and
#            pypdf 7.1 read all of them right)
# Where it matters:
#   who copies the number in a browser dials another one. Nothing that a file says of its letters
#   changes it. In lines from right to left, print numbers with hyphens.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2 pillow==13.0.0
npm pack --silent @expo-google-fonts/vazirmatn@0.4.1 >package.txt
tar -xzf "$(cat package.txt)"
cp package/400Regular/Vazirmatn_400Regular.ttf font.ttf
venv/bin/python - <<'EOF'
import pathlib

import pypdfium2
import weasyprint

style = (
    f"@font-face {{ font-family: K; src: url({pathlib.Path('font.ttf').resolve().as_uri()}) }}"
    "@page { size: 400pt 100pt; margin: 20pt } p { font: 16pt K }"
)


def read(number):
    """Return what is read of a number in an Arabic line, without the words around it."""
    line = f"<p dir=rtl lang=ar>اتصل على <span dir=ltr>{number}</span> الآن"
    data = weasyprint.HTML(string=f"<style>{style}</style>{line}").write_pdf()
    said = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split()
    return " ".join(word for word in said if word.isascii())


seen = {n: read(n) for n in ("(212) 555-0123", "5 mg", "212-555-0123", "+1\u00a0212\u00a0555\u00a00123")}
for number, said in seen.items():
    print(f"{number:16} is read as {said}")
assert list(seen.values()) == ["555-0123 (212)", "mg 5", "212-555-0123", "+1 212 555 0123"]
EOF
