#!/bin/sh
# A third of the words of a Hindi PDF come back wrong, although it looks right
#
# Versions:  WeasyPrint 70.0, pypdfium2 5.15.2, Noto Sans Devanagari (@expo-google-fonts 0.4.1)
# Behaviour: WeasyPrint gives each glyph one text, that of the cluster in which it first stood.
#            In Devanagari one glyph (a vowel sign, a half form) stands in many clusters, and
#            vowel signs stand before the letters they are typed after. What is searched, copied
#            or read aloud is therefore wrong. The page is right to the eye.
# Seen:      16 of 25 words read back whole by PDFium (poppler 22.12: the same)
# Where it matters:
#   a screen reader's user gets other words than the sighted. Read pages back and compare.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2 pillow==13.0.0
npm pack --silent @expo-google-fonts/noto-sans-devanagari@0.4.1 >package.txt
tar -xzf "$(cat package.txt)"
cp package/400Regular/NotoSansDevanagari_400Regular.ttf font.ttf
venv/bin/python - <<'EOF'
import pathlib

import pypdfium2
import weasyprint

words = (
    "नुकसान कम करना एक व्यावहारिक तरीका है। कार्यक्रम में सुरक्षित सामग्री मिलती है। "
    "शुक्रवार को शिक्षक और विद्यार्थी मिलकर चिकित्सा केंद्र में मदद लेते हैं।"
)
style = (
    f"@font-face {{ font-family: K; src: url({pathlib.Path('font.ttf').resolve().as_uri()}) }}"
    "@page { size: 400pt 200pt; margin: 20pt } p { font: 16pt K }"
)
data = weasyprint.HTML(string=f"<style>{style}</style><p lang=hi>{words}</p>").write_pdf()
read = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split()
whole = [word for word in words.split() if word in read]
print(f"{len(whole)} of {len(words.split())} words read back")
assert len(words.split()) == 25 and len(whole) == 16
EOF
