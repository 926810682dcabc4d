#!/bin/sh
# A Khmer paragraph runs off the page in one line, without a warning
#
# Versions:  WeasyPrint 70.0, Noto Sans Khmer (@expo-google-fonts 0.4.3)
# Behaviour: Khmer has no spaces between words. A browser breaks its lines by a dictionary;
#            WeasyPrint finds no break in a sentence, sets it in one line whatever the measure,
#            and what is past the page is cut off. Its log says nothing. A zero-width space
#            (U+200B) between words gives it breaks.
# Seen:      one line of 457 px in a measure of 213 px; nothing logged at level WARNING; with
#            U+200B three lines
# Where it matters:
#   half a sentence is missing on paper, and only who reads Khmer sees it.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check weasyprint==70.0
npm pack --silent @expo-google-fonts/noto-sans-khmer@0.4.3 >package.txt
tar -xzf "$(cat package.txt)"
cp package/400Regular/NotoSansKhmer_400Regular.ttf font.ttf
venv/bin/python - <<'EOF'
import logging
import pathlib

import weasyprint

said = []
handler = logging.Handler(logging.WARNING)
handler.emit = said.append
weasyprint.LOGGER.handlers = [handler]
style = (
    f"@font-face {{ font-family: K; src: url({pathlib.Path('font.ttf').resolve().as_uri()}) }}"
    "@page { size: 200pt 200pt; margin: 20pt } p { font: 16pt K; width: 160pt }"
)
words = "ការ កាត់បន្ថយ គ្រោះថ្នាក់ គឺជា វិធីសាស្ត្រ ដែល ផ្តោត លើ សុខភាព"


def lines(text):
    """Return the widths of the lines that a paragraph is set in, in CSS pixels."""
    html = f"<style>{style}</style><p lang=km>{text}</p>"
    document = weasyprint.HTML(string=html).render()
    found, boxes = [], [document.pages[0]._page_box]
    while boxes:
        box = boxes.pop()
        if type(box).__name__ == "LineBox":
            found.append(round(box.width))
        boxes += getattr(box, "children", ())
    return found


as_written, with_breaks = lines(words.replace(" ", "")), lines(words.replace(" ", "\u200b"))
print("as it is written:", as_written, "with U+200B:", with_breaks, "log:", len(said))
assert len(as_written) == 1 and as_written[0] > 213 and not said
assert len(with_breaks) > 1 and max(with_breaks) <= 214
EOF
