"""The template of a layout and the components of the system to HTML; mistakes to Problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.patterns import pattern
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.layout import SYSTEM, Layout
from hrcpub.project.markup import plain
from hrcpub.project.material import Material
from hrcpub.project.quotes import signs_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

TEMPLATE = "layout.html"  # each layout has it
SPECIMEN = "specimen.html"  # for the book of components alone
NEEDED = ("slugs.html",)  # used by name, not by a layout

# What Python raises for mistakes in templates, besides Jinja's own exceptions.
_MISTAKES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_USES = pattern(r"""\{%-?\s*(?:extends|import|include|from)\s+["']([^"']+)["']""")
_UNKNOWN = pattern(r"has no attribute '(.+)'|^'(.+)' is undefined")


def templates_of(layout: Layout, project: Project) -> Environment:
    """Return the environment of a layout, as one worker keeps it."""
    return project.parsed(("templates", layout.name), lambda s: read_templates(layout, s))


def phrases_of(material: Material) -> dict[str, Any]:
    """Return the system's phrases in the language of a material, by names for templates.

    With them come the signs that a template puts between words: `phrases.colon`, `phrases.comma`.
    """
    phrases = material.layout.system.phrases_in(material.language)
    signs = signs_of(material.language)
    named = {name.replace("-", "_"): words for name, words in phrases.items()}
    return {**named, "colon": signs.colon, "comma": signs.comma}


def read_templates(layout: Layout, sources: Sources) -> Environment:
    """Return the environment with the template of a layout and the components of the system.

    All are read now: so the record of `sources` has them, whichever the template then uses.
    """
    names = {*NEEDED, *sources.names(SYSTEM, ".html")}
    own = {TEMPLATE, *sources.names(layout.folder, ".html")}
    paths = {name: f"{layout.folder}/{name}" for name in sorted(own)} | {
        f"system/{name}": f"{SYSTEM}/{name}" for name in sorted(names)
    }
    needed = tuple(f"system/{name}" for name in NEEDED)
    return _environment(paths, sources, (*sorted(own - {SPECIMEN}), *needed))


def read_folder(folder: str, sources: Sources) -> Environment:
    """Return the environment with the templates of a folder."""
    names = sources.names(folder, ".html")
    return _environment({name: f"{folder}/{name}" for name in names}, sources)


def _used(begun: Iterable[str], texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the templates that some begin with, and all that these use, each once."""
    found = [name for name in begun if name in texts]
    for name in found:  # it grows
        yield name
        used = (match[1] for match in _USES.finditer(texts[name]))
        found += [other for other in dict.fromkeys(used) if other in texts and other not in found]


def _environment(
    paths: Mapping[str, str], sources: Sources, begun: tuple[str, ...] = ()
) -> Environment:
    """Return the environment of templates by their names; raise HrcpubError when one is broken.

    Those that are `begun` with, and what they use, are compiled now, so that mistakes are told: by
    default all. Others are when a template asks for them.
    """
    from jinja2 import (
        Environment,
        FunctionLoader,
        StrictUndefined,
        TemplateSyntaxError,
        pass_context,
    )

    from hrcpub.pipeline.compose.compiled import COMPILED

    texts = {name: sources.text(path) for name, path in paths.items()}
    environment = Environment(
        # The path is given as the file name, so that tracebacks show a template's lines under it.
        loader=FunctionLoader(
            lambda name: (texts[name], paths[name], lambda: True) if name in texts else None
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED,
    )
    # For text that the Setter does not set, such as addresses.
    environment.filters["words"] = pass_context(_plain_words)
    for name in _used(begun or tuple(texts), texts):
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            place = _quoted_line(texts[name], paths[name], error.lineno)
            raise HrcpubError(template_error(error.message or "syntax", place)) from None
    return environment


def _plain_words(context: Context, words: object, language: str | None = None) -> str:
    """Return an author's text without markup, its quotes as a language, or the material's, has."""
    material = context.get("material")
    return plain(str(words), language or (material.language if material else "en"))


def _quoted_line(text: str, path: str, number: int) -> Source:
    lines = text.splitlines()
    quote = lines[number - 1] if 0 < number <= len(lines) else None
    return Source(path, number, quote=quote)


def render(environment: Environment, context: dict[str, Any], sources: Sources, name: str) -> str:
    """Return the rendered template; a mistake in it becomes a Problem with its line."""
    from jinja2 import TemplateError

    try:
        return environment.get_template(name).render(context)
    except HrcpubError:
        raise
    except (TemplateError, *_MISTAKES) as error:
        _template_failed(error, sources)


def _template_failed(error: Exception, sources: Sources) -> NoReturn:
    """Raise the Problem of the last template line in a traceback; re-raise when there is none.

    Jinja rewrites tracebacks so that they show a template's lines under its path. An error without
    such a line is a bug of ours.
    """
    place = None
    trace = error.__traceback__
    while trace:
        path = trace.tb_frame.f_code.co_filename
        if path.startswith("layouts/"):
            place = _quoted_line(sources.text(path), path, trace.tb_lineno)
        trace = trace.tb_next
    if place is None:
        raise error
    raise HrcpubError(template_error(_in_words(error), place)) from error


def _in_words(error: Exception) -> str:
    """Return what Python or Jinja says of a mistake, in a designer's words."""
    reason = str(error) or type(error).__name__
    if isinstance(error, RecursionError):
        return "it calls itself without end"
    if type(error).__name__ == "TemplateNotFound":
        return f'there is no template "{reason}"'
    if isinstance(error, KeyError):
        return f"there is no {reason}"
    if match := _UNKNOWN.search(reason):
        return f'there is no "{match[1] or match[2]}"'
    return reason


def template_error(reason: str, place: Source) -> Problem:
    """The template of a layout has a mistake: a tag is left open, or a name is not known.

    Fix: check the line. The words of a material are `words.<slot>`, the values of the design
    system `grid.<name>`.
    """
    return Problem("template-error", f"the template fails here: {reason}", place)


CODES = {"template-error": template_error}
