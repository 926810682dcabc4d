"""Trees of what is well formed, judged by the parser of HTML: the same node for node, or none."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinyhtml5.parser import HTMLParser

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose
from hrcpub.pipeline.typeset.well_formed import tree_of
from hrcpub.project.layout import OWN, layout_names
from hrcpub.project.material.reading import read_material, read_material_file
from tests.shared.project import ROOT

HEAD = '<!doctype html>\n<html lang="en">\n<head>\n<title>One &amp; two</title>\n</head>\n'

# Of these a tree is made.
WELL_FORMED = (
    "",
    "one\n<p>two <br>three<wbr>four</p>\n",
    '<div id="a" data-one-2="x &gt; y" hidden><i\nclass="b"  lang=fr>&#233;&eacute;</i></div>',
    "<p>one <em>two <strong>three</strong></em> <a href='#'></a></p>".replace("'", '"'),
    "<ul>\n<li><p>one</p><ul><li>two</li></ul></li>\n</ul><dl><dt>a</dt><dd>b</dd></dl>",
    "<table>\n<colgroup><col><col/></colgroup><thead><tr><th scope=row>a</th></tr></thead>\n"
    "<tbody>\n<tr>\n<td><em>b</em></td>\n</tr>\n</tbody></table>",
    '<p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>a &lt; b</title>'
    '<defs><clipPath id="c"><rect x="0"/></clipPath></defs><g><path d="M0 0"/></g></svg> after</p>',
    '<h1>one</h1><section><h2>two</h2></section><hr><img src="a.png" alt="">',
    "<i>\u00a0one\u202ftwo</i> \u5149",
)
# These are the parser's, which mends most of them, or has other rules.
OTHERS = (
    "<p>one<p>two</p>",
    "<p>one<div>two</div></p>",
    "<p><b>one <i>two</b> three</i></p>",
    "<p>one &nbsp two &none; &amp</p>",
    "<p>one & two</p>",
    "<p>one &#0; &#128; &#65536;</p>",
    '<p class="a" class="b">one</p>',
    "<p class='a' title=a/b>one</p>",
    '<P CLASS="a">one</P>',
    '<div class="a"/>one',
    "<ul><li>one<li>two</ul>",
    "<div><li>one</li></div>",
    "<table><tr><td>one</td></tr></table>",
    "<table>one<tbody><tr><td>two</td></tr></tbody></table>",
    "<h1>one <h2>two</h2></h1>",
    '<a href="#">one <a href="#">two</a></a>',
    "<em><em><em><em>one</em></em></em></em>",
    "<p>one <!-- two --></p>",
    "<pre>\none</pre>",
    "<select><option>one</option></select>",
    "<script>1 < 2</script><style>a { }</style>",
    "<svg><clippath/><a/></svg>",
    '<svg viewbox="0 0 1 1"><path pathlength="1"/></svg>',
    "<svg><p>one</p></svg>",
    "<svg><title><g/></title></svg>",
    "<p>one\x0c\rtwo\x00</p>",
    "<p>one\U0001f600</p>",
    "<p>one</p></body><p>two</p>",
    "</html><p>one</p>",
    "<p>one",
)

_TAGS = """a address b body br caption center code col colgroup dd desc div dl dt em font form g h1
    h2 head html img li link math ol option p path pre rect rt ruby select span strong style svg
    table tbody td template text th title tr u ul wbr"""
_NAMES = st.sampled_from(_TAGS.split())
_ATTRIBUTES = st.sampled_from(
    ("", ' a="1"', " a=1", " a", ' A="1"', ' a="1" a="2"', ' viewBox="0"', ' viewbox="0"', "/",
     ' xmlns="x"', ' d="&amp;<>"', ' a="&b"', "\na=1/", " a='1'", ' a="1"b="2"')
)  # fmt: skip
_WORDS = st.sampled_from(
    ("", " ", "\n", "one", "&lt;", "&#34;", "&#150;", "&no;", "&amp", "&", "\x0c", "\u00a0", "<",
     "\u0085", "<!-- a -->", "<![CDATA[a]]>", "</", "\U0001f600")
)  # fmt: skip


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return elements about others; few of them lack their end."""
    parts = st.tuples(_NAMES, _ATTRIBUTES, st.lists(inner, max_size=3), st.integers(0, 9))
    return parts.map(
        lambda part: f"<{part[0]}{part[1]}>{''.join(part[2])}{f'</{part[0]}>' if part[3] else ''}"
    )


def document(body: str) -> str:
    return f'{HEAD}<body class="card">\n{body}\n</body>\n</html>\n'


def nodes(tree: Element) -> Iterator[tuple[object, ...]]:
    """Yield all that makes a tree, in its order."""
    for element in tree.iter():
        attributes = list(element.attrib.items())
        yield element.tag, attributes, element.text, element.tail, len(element)


def judged(text: str) -> tuple[Element, list[object]]:
    """Return the parser's tree, and what it had to mend."""
    parser = HTMLParser(namespace_html_elements=False)
    return parser.parse(io.StringIO(text)), parser.errors


def is_the_parsers(text: str) -> bool:
    """Return whether a tree is made of a text; it must be the parser's then."""
    tree = tree_of(text)
    if tree is None:
        return False
    theirs, mended = judged(text)
    assert list(nodes(tree)) == list(nodes(theirs))
    assert mended == []
    return True


@pytest.mark.parametrize("body", WELL_FORMED)
def test_what_is_well_formed_has_the_parsers_tree(body: str) -> None:
    assert is_the_parsers(document(body))


@pytest.mark.parametrize("body", OTHERS)
def test_what_the_parser_would_mend_is_left_to_it(body: str) -> None:
    assert tree_of(document(body)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p>one</p>",
        "<!doctype html><html><body></body></html>",
        document("").replace("<!doctype html>", '<!doctype html SYSTEM "about:legacy-compat">'),
        document("").replace("</title>", "</title>one"),
        document("").replace("</head>", "</head>one"),
        document("").replace("</head>", "</head></html>"),
        document("").replace("</html>", "</html>one"),
        document("").removesuffix("</html>\n"),
    ],
)
def test_what_is_no_whole_document_is_left_to_it_too(text: str) -> None:
    assert tree_of(text) is None


@given(st.lists(st.recursive(_WORDS, _element, max_leaves=12), max_size=4))
def test_a_tree_is_the_parsers_or_none_whatever_the_text(parts: list[str]) -> None:
    is_the_parsers(document("".join(parts)))


@pytest.mark.slow(but=["sheet", "card", "schedule"])
@pytest.mark.parametrize("name", layout_names(Sources(ROOT)))
def test_what_our_layouts_compose_is_never_left_to_the_parser(name: str) -> None:
    project = Project(Sources(ROOT))
    sample = read_material_file(project, f"layouts/{name}/sample.yaml", "sample")
    for form in (OWN, "large-print", "phone"):
        assert is_the_parsers(compose(sample, project, form).text)


@pytest.mark.parametrize("language", ["ar", "km", "zh-hans"])
def test_nor_in_other_scripts(language: str) -> None:
    project = Project(Sources(ROOT))
    card = read_material(project, f"principles-card-{language}", is_draft=True)
    assert is_the_parsers(compose(card, project).text)
