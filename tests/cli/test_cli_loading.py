"""A command is loaded when it is asked for; what is said of those that are not is what they say."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

import hrcpub.cli
from docs.making.program import cli as documented
from hrcpub.cli.commands import COMMANDS, Commands
from tests.shared.press_files import changed

HERE = Path(hrcpub.cli.__file__).parent
NAMES = tuple(COMMANDS)


def fresh() -> Commands:
    """Return a group of all commands, of which none is loaded."""
    return Commands(name="hrcpub")


@pytest.mark.parametrize("name", NAMES)
def test_a_command_says_what_is_said_of_it_before_it_is_loaded(name: str) -> None:
    place = COMMANDS[name]
    listed = fresh().commands[name]
    command = getattr(import_module(f"hrcpub.cli.{place.module}"), place.function)
    assert isinstance(command, click.Command)
    assert command is not listed
    assert (command.name, command.hidden, command.deprecated) == (name, False, False)
    for width in range(8, 200):
        assert command.get_short_help_str(width) == listed.get_short_help_str(width)


def test_every_command_that_a_module_makes_has_its_place() -> None:
    made = {
        (file.stem, function.name)
        for file in HERE.glob("*.py")
        for function in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(function, ast.FunctionDef)
        and any(ast.unparse(by).startswith(MAKERS) for by in function.decorator_list)
    }
    # The event's last command is in a module of its own, which brings the group with it.
    known = {(place.module, place.function) for place in COMMANDS.values()}
    assert made - {("eventing", "event"), ("program", "cli")} == known - {("event_plan", "event")}
    assert len(made) > 20


MAKERS = ("click.command", "click.group")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_help_is_the_same_when_all_commands_are_loaded(width: int) -> None:
    group = fresh()
    with click.Context(group, terminal_width=width, max_content_width=width) as context:
        first = group.get_help(context)
        group.load(*NAMES)
        loaded = click.HelpFormatter(width=width)
        click.Group.format_commands(group, context, loaded)
    assert first.endswith(loaded.getvalue().strip())
    assert all(f"\n  {name} " in first for name in NAMES)


def test_commands_are_found_loaded_and_others_are_not_there() -> None:
    group = fresh()
    context = click.Context(group)
    assert group.list_commands(context) == [*NAMES]
    for name in NAMES:
        command = group.get_command(context, name)
        assert command is group.get_command(context, name)
        assert command.callback is not None
    assert group.get_command(context, "biuld") is None
    event = group.get_command(context, "event")
    assert isinstance(event, click.Group)
    assert event.list_commands(context)[-1] == "plan"


def test_a_slip_is_told_with_what_was_meant() -> None:
    with pytest.raises(click.UsageError) as told:
        fresh().main(["biuld"], standalone_mode=False)
    assert "Did you mean 'build'?" in told.value.format_message()


def test_a_shell_completes_names_and_what_they_are_for() -> None:
    told = ShellComplete(fresh(), {}, "hrcpub", "_HRCPUB_COMPLETE").get_completions([], "pr")
    assert [item.value for item in told] == ["print", "printers", "preflight"]
    assert all(item.help for item in told)


PROGRAM = """
import gc, json, sys
class Watch:
    seldom = None
    def find_spec(name, path=None, target=None):
        if name == "click":
            Watch.seldom = gc.get_threshold()[0]
sys.meta_path.insert(0, Watch)
from hrcpub.cli import main
try:
    main()
except SystemExit as done:
    commands = [name for name in sys.modules if name.startswith("hrcpub.cli.")]
    print(json.dumps([done.code, Watch.seldom, gc.get_freeze_count(), commands]))
"""


@pytest.mark.parametrize(
    ("words", "loaded"),
    [
        (("--help",), set()),
        (("--version",), set()),
        (("list", "--help"), {"asking"}),
        (("preflight", "--help"), {"pdf_commands"}),
        (("event", "plan", "--help"), {"event_plan", "eventing"}),
    ],
)
def test_a_command_loads_its_own_module_and_looks_for_no_garbage(
    words: tuple[str, ...], loaded: set[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True
    )
    code, seldom, frozen, modules = json.loads(done.stdout.splitlines()[-1])
    assert (code, seldom) == (0, 50_000)
    assert frozen > 10_000
    names = {name.removeprefix("hrcpub.cli.") for name in modules}
    assert names - {"commands", "ending", "program", "show"} == loaded


FORKING = """
import os, sys
fork = os.fork
def told():
    print("click" in sys.modules, flush=True)
    return fork()
os.fork = told
from hrcpub.cli import main
try:
    main()
except SystemExit:
    pass
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("none is left")
"""


@pytest.mark.parametrize(
    ("words", "forked"),
    [
        (("preflight", "no-such.pdf"), ["False"]),
        (("preflight", "no-such.PDF", "--no-such"), ["False"]),
        (("preflight", "no-such.pdf", "none.pdf"), []),
        (("preflight", "no-such.pdf", "--proof", "proof.png"), []),
        (("preflight", "--help"), []),
        (("list", "--help"), []),
    ],
)
def test_what_judges_one_file_is_loaded_before_the_words_are_read_and_no_process_is_left(
    words: tuple[str, ...], forked: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKING, *words], capture_output=True, text=True, check=True
    )
    said = done.stdout.splitlines()
    assert [line for line in said if line in ("True", "False")] == forked
    assert said[-1] == "none is left"


NO_PROCESS = """
import os
def fork():
    raise BlockingIOError(11, "Resource temporarily unavailable")
os.fork = fork
from hrcpub.cli import main
main()
"""


def test_where_no_process_can_be_forked_ahead_the_words_are_read_all_the_same() -> None:
    words = ("preflight", "no-such.pdf")
    done = subprocess.run(
        [sys.executable, "-c", NO_PROCESS, *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "[preflight-file]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 2), (0, 1, 2)], ids=str)
def test_a_stream_that_is_closed_is_no_file_that_is_opened_later(
    tmp_path: Path, closed: tuple[int, ...]
) -> None:
    file = tmp_path / "fine.pdf"
    file.write_bytes(changed())
    done = subprocess.run(
        [sys.executable, "-m", "hrcpub", "preflight", file],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: [os.close(number) for number in closed] and None,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("" if 1 in closed else f"{file}: nothing found\n")


INTERRUPTED = """
import os, signal, sys
class Told:
    def find_spec(name, path=None, target=None):
        if name == "{at}":
            exec("os.kill(os.getpid(), signal.SIGINT)")  # as what makes data classes does
sys.meta_path.insert(0, Told)
from hrcpub.cli import main
main()
"""


@pytest.mark.parametrize("at", ["hrcpub.pipeline.preflight.guard", "click", "hrcpub.cli.show"])
def test_an_interruption_while_it_loads_is_told_in_a_word(tmp_path: Path, at: str) -> None:
    (tmp_path / "program.py").write_text(INTERRUPTED.format(at=at))
    done = subprocess.run(
        [sys.executable, "-m", "program", "preflight", "no-such.pdf"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(["", *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_what_is_to_be_done_at_the_end_is_done() -> None:
    program = (
        "import atexit\natexit.register(print, 'at the end')\nfrom hrcpub.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "at the end"


def test_the_documents_show_all_commands() -> None:
    assert [*documented.commands] == [*NAMES]
    assert all(command.callback is not None for command in documented.commands.values())
