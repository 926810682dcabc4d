"""A drawn night scene in place of a photograph, which the pages have none of: nobody is shown.

python -m docs.making.scene TARGET.jpg
"""

from __future__ import annotations

import sys

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1800, 1200)
VAN = ((300, 560), (1050, 560), (1230, 700), (1450, 740), (1450, 930), (300, 930))
WINDOWS = ((360, 610, 560, 720), (600, 610, 800, 720), (840, 610, 1010, 720))


def draw(target: str) -> None:
    """Write a van by night: a grey sky, the glow of a lamp, lit windows, soft as a photograph."""
    scene = Image.linear_gradient("L").resize(SIZE).point(lambda value: 40 + value // 3)
    pen = ImageDraw.Draw(scene)
    pen.ellipse((1300, 60, 1620, 380), fill=235)
    scene = scene.filter(ImageFilter.GaussianBlur(60))
    pen = ImageDraw.Draw(scene)
    pen.rectangle((0, 930, *SIZE), fill=30)
    pen.polygon(VAN, fill=12)
    for window in WINDOWS:
        pen.rectangle(window, fill=225)
    for left in (430, 1180):
        pen.ellipse((left, 860, left + 150, 1010), fill=5)
    grain = Image.effect_noise(SIZE, 24)
    soft = scene.filter(ImageFilter.GaussianBlur(3))
    Image.blend(soft, grain, 0.08).convert("RGB").save(target, quality=92)


if __name__ == "__main__":
    draw(sys.argv[1])
