"""HTML from right to left, with its parts from left to right set apart."""

from __future__ import annotations

from hrcpub.pipeline.compose.direction import isolated


def within(html: str) -> str:
    """Return the same with its parts set apart, in a document from right to left."""
    head, foot = '<html dir="rtl">', "</html>"
    return isolated(f"{head}{html}{foot}").removeprefix(head).removesuffix(foot)


def test_a_telephone_gets_an_element_of_its_own() -> None:
    html = '<p title="212-213-6376">טל׳ (212) 213-6376.</p>'
    whole = '<span dir="ltr" class="line">(212) 213-6376</span>'
    assert within(html) == f'<p title="212-213-6376">טל׳ {whole}.</p>'
    assert isolated(html) == html


def test_an_address_may_be_broken() -> None:
    html = "<p>אל 22 West 27th Street, 5th Floor</p>"
    assert '<span dir="ltr">22 West 27th Street, 5th Floor</span>' in within(html)


def test_signs_stay_as_they_were_escaped() -> None:
    html = "<p>ראו &lt;A&amp;B&gt; &amp; עוד &#39;</p>"
    assert within(html) == '<p>ראו &lt;<span dir="ltr">A&amp;B</span>&gt; &amp; עוד \'</p>'


def test_what_is_not_laid_out_stays() -> None:
    html = "<title>2026 Why</title><style>p{margin:1pt}</style><svg><title>5 mg</title></svg>"
    assert within(html) == html


def test_what_is_from_left_to_right_stays() -> None:
    html = '<p dir="ltr">Take <b>5 mg</b><br> in <em>5-10</em> minutes</p>'
    assert within(html) == html


def test_what_comes_behind_it_does_not() -> None:
    """Even where an end tag is left out."""
    html = '<div dir="ltr"><p>5 mg<img src="a.png">5 mg</div><p>5-10'
    apart = '<span dir="ltr" class="line">5-10</span>'
    assert within(html) == f'<div dir="ltr"><p>5 mg<img src="a.png">5 mg</div><p>{apart}'


def test_texts_without_such_parts_stay() -> None:
    html = "<p>שלום עולם, 5</p>\n<p> </p>"
    assert within(html) == html
