"""HTML from right to left, with its parts from left to right set apart."""

from __future__ import annotations

from hrcpub.pipeline.compose.direction import isolated


def test_a_telephone_gets_an_element_of_its_own() -> None:
    html = '<p title="212-213-6376">טל׳ (212) 213-6376.</p>'
    whole = '<span dir="ltr" class="line">(212) 213-6376</span>'
    assert isolated(html) == f'<p title="212-213-6376">טל׳ {whole}.</p>'


def test_an_address_may_be_broken() -> None:
    html = "<p>אל 22 West 27th Street, 5th Floor</p>"
    assert '<span dir="ltr">22 West 27th Street, 5th Floor</span>' in isolated(html)


def test_signs_stay_as_they_were_escaped() -> None:
    html = "<p>ראו &lt;A&amp;B&gt; &amp; עוד &#39;</p>"
    assert isolated(html) == '<p>ראו &lt;<span dir="ltr">A&amp;B</span>&gt; &amp; עוד \'</p>'


def test_what_is_not_laid_out_stays() -> None:
    html = "<title>2026 Why</title><style>p{margin:1pt}</style><svg><title>5 mg</title></svg>"
    assert isolated(html) == html


def test_texts_without_such_parts_stay() -> None:
    html = "<p>שלום עולם, 5</p>\n<p> </p>"
    assert isolated(html) == html
