#!/bin/sh
# A Georgian title is set half in capitals, which Georgian never mixes with its letters
#
# Versions:  WeasyPrint 70.0, pypdfium2 5.15.2, Noto Sans Georgian (@expo-google-fonts 0.4.3)
# Behaviour: `text-transform: capitalize` is to give the first letter of a word its titlecase (CSS
#            Text 3, 2.1). WeasyPrint gives it capitals. The two differ for a Georgian letter, which
#            is its own titlecase, since capitals are for whole words (The Unicode Standard, 7.7),
#            and for signs of two letters: Armenian և, Croatian ǆ, the ligature ﬁ. Python's
#            str.title() is right. Nothing is logged.
# Seen:      თბილისი -> Თბილისი, և այլն -> ԵՒ Այլն, ǆep -> Ǆep, ﬁnd -> FInd
# Where it matters:
#   one stylesheet is for all languages: each Georgian word begins with a letter from elsewhere, or
#   with a box where a face has no capitals. Do without, or limit it to languages that you know.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2 pillow==13.0.0
npm pack --silent @expo-google-fonts/noto-sans-georgian@0.4.3 >package.txt
tar -xzf "$(cat package.txt)"
cp package/400Regular/NotoSansGeorgian_400Regular.ttf font.ttf
venv/bin/python - <<'EOF'
import pathlib
import unicodedata

import pypdfium2
import weasyprint

style = (
    f"@font-face {{ font-family: K; src: url({pathlib.Path('font.ttf').resolve().as_uri()}) }}"
    "@page { size: 300pt 100pt } p { font: 16pt K; text-transform: capitalize }"
)


def laid(language, words):
    """Return the text that is laid out."""
    html = f"<style>{style}</style><p lang={language}>{words}</p>"
    found, boxes = [], [weasyprint.HTML(string=html).render().pages[0]._page_box]
    while boxes:
        box = boxes.pop()
        if type(box).__name__ == "TextBox":
            found.append(box.text)
        boxes += getattr(box, "children", ())
    (text,) = found
    return text


html = f"<style>{style}</style><p lang=ka>თბილისი</p>"
page = pypdfium2.PdfDocument(weasyprint.HTML(string=html).write_pdf())[0]
read = page.get_textpage().get_text_range()
print("on the page:", read, "begins with", unicodedata.name(read[0]))
assert read == laid("ka", "თბილისი") == "Თბილისი"
assert "თბილისი".title() == "თბილისი"
for language, words, capitals in (
    ("hy", "և այլն", "ԵՒ Այլն"), ("hr", "ǆep", "Ǆep"), ("en", "ﬁnd", "FInd"),
):
    print(language, words, "is", laid(language, words), "and not", words.title())
    assert laid(language, words) == capitals != words.title()
EOF
