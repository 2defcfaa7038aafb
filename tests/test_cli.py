"""The commands as people run them: words in, text and exit status out."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

import bot
from tests.adapters.test_sources import commit, git
from tests.conftest import Ran, Run
from tests.worlds import ROOT, entity

PHONE = entity("phone", {"number": {"example": "0800"}, "kind": {"enum": ["voice", "fax"], "example": "voice"}})


def write(directory: Path, **entities: object) -> Path:
    (directory / "schema").mkdir(parents=True, exist_ok=True)
    for name, schema in entities.items():
        text = schema if isinstance(schema, str) else json.dumps(schema, indent=2)
        (directory / "schema" / f"{name}.json").write_text(text)
    return directory


def narrowed() -> dict[str, object]:
    return entity("phone", {"number": {"example": "0800"}, "kind": {"enum": ["voice"], "example": "voice"}})


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write(tmp_path / "base", phone=PHONE)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository on a branch off main, which is the working directory."""
    directory = write(tmp_path / "repository", phone=PHONE)
    git(directory, "init", "-q")
    commit(directory)
    git(directory, "checkout", "-qb", "topic")
    monkeypatch.chdir(directory)
    return directory


# The command itself.


def test_version(run: Run) -> None:
    assert run("--version") == Ran(0, f"standards-bot {bot.__version__}\n", "")


def test_without_a_command_help_is_shown(run: Run) -> None:
    ran = run()
    assert (ran.status, ran.err) == (0, "")
    assert "check" in ran.out


@pytest.mark.parametrize("words", [("chekc",), ("check", "--bse", "x"), ("check", "--format", "yaml"), ("build",)])
def test_wrong_words(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert "--help lists" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check", "--base"), "requires an argument. standards-bot check --help lists its options."),
        (("replay", "--last", "0"), "0 is not from 1 to 1000. standards-bot replay --help lists its options."),
        (("replay", "--last", "x"), "'x' is not a whole number. standards-bot replay --help lists its options."),
        (("chekc",), "Did you mean 'check'? standards-bot --help lists commands and options."),
    ],
)
def test_a_usage_error_is_one_sentence_and_leads_to_the_help_of_its_command(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    assert run(*words).err.endswith(f"{said}\n")


@pytest.mark.parametrize(
    ("words", "same"), [(("help",), ("--help",)), (("help", "check"), ("check", "--help")), (("check", "-h"), ("check", "--help"))]
)  # fmt: skip
def test_help_is_asked_for_in_several_ways(run: Run, words: tuple[str, ...], same: tuple[str, ...]) -> None:
    asked = run(*words)
    assert asked == run(*same)
    assert (asked.status, asked.err) == (0, "")
    assert "Usage: standards-bot" in asked.out


def test_the_module_runs_as_the_script_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == f"standards-bot {bot.__version__}\n"


def test_what_a_command_does_fits_on_its_line_of_the_list(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    listed = run("--help").out.partition("Commands:")[2].split("\n")
    assert len(listed) > 15
    assert all(len(line) < 80 and not line.endswith("...") for line in listed)


def test_help_imports_nothing_heavy() -> None:
    heavy = ("jsonschema", "jsonschema_rs", "yaml", "referencing", "github", "slack_sdk", "jinja2", "requests")
    script = (
        "import sys; from bot import cli; sys.argv = ['standards-bot', 'check', '--help']; cli.run();"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr == "[]\n"


# check.


def test_a_branch_is_compared_with_where_it_left_main(run: Run, repository: Path) -> None:
    write(repository, phone=narrowed())
    ran = run("check")
    assert ran.status == 1
    assert ran.out.startswith("This change would break data published under HSDS.\n")
    assert '"kind": "fax"  <- must be "voice"' in ran.out
    assert ran.err == ""


def test_two_refs(run: Run, repository: Path) -> None:
    write(repository, phone=narrowed())
    commit(repository)
    write(repository, phone=PHONE)
    assert run("check").status == 0
    assert run("check", "--base", "main", "--head", "topic").status == 1
    assert run("check", "--base", "topic", "--head", "main").status == 0


def test_nothing_but_the_report_goes_to_standard_output(run: Run, base: Path) -> None:
    ran = run("check", "--base", base, "--head", base, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)["verdict"] == "compatible"


def test_the_report_goes_to_a_file(run: Run, base: Path, tmp_path: Path) -> None:
    for form, start in (("text", "Nothing has changed"), ("markdown", "## Nothing has changed"), ("json", "{")):
        ran = run("check", "--base", base, "--head", base, "--format", form, "--output", tmp_path / "report")
        assert ran == Ran(0, "", "")
        assert (tmp_path / "report").read_text().startswith(start)


def test_no_line_of_a_text_ends_in_blanks(run: Run, base: Path, tmp_path: Path) -> None:
    head = write(tmp_path / "head", phone=narrowed())
    out = run("check", "--base", base, "--head", head).out
    assert [line for line in out.splitlines() if line != line.rstrip()] == []
    assert "\x1b" not in out


def test_an_unreadable_head_is_reported_with_status_3(run: Run, base: Path, tmp_path: Path) -> None:
    head = write(tmp_path / "head", phone="{")
    ran = run("check", "--base", base, "--head", head, "--format", "json", "--output", tmp_path / "report.json")
    assert (ran.status, ran.out) == (3, "")
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["verdict"] == "invalid"
    assert report["findings"][0]["file"] == "schema/phone.json"


def test_a_check_that_could_not_begin_is_reported_too(run: Run, repository: Path, tmp_path: Path) -> None:
    for form in ("json", "markdown", "text"):
        ran = run("check", "--base", "nowhere", "--format", form, "--output", tmp_path / "report")
        assert ran.status == 3
        assert "there is no directory and no ref called 'nowhere'" in ran.err
        assert "nowhere" in (tmp_path / "report").read_text()
    assert repository.is_dir()


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("check", "--source", "nowhere"), 3, "nowhere is not a directory"),
        (("check", "--base", "--upload-pack=x"), 2, "is no ref"),
        (("check", "--profile", "uk"), 2, "there is no profile 'uk'. The profiles are: hsds."),
        (("check", "--patch", "uk=nowhere"), 2, "'nowhere' is not a directory"),
        (("check", "--patch", "a/b=schema"), 2, "cannot be the id of a profile"),
        (("check", "--patch", "uk=schema", "--patch", "uk=schema"), 2, "the same id"),
        (("check", "--output", "schema"), 3, "schema cannot be written"),
        (("build", "--output", "out", "--profile", "uk"), 2, "there is no profile 'uk'"),
        (("build", "--output", "schema/phone.json"), 3, "schema/phone.json is a file"),
        (("build", "--output", "out", "--ref", "nowhere"), 3, "no ref called 'nowhere'"),
        (("compare", "schema/phone.json"), 2, "compare takes two schemas"),
        (("compare", "schema/phone.json", "gone.json"), 3, "gone.json cannot be read"),
        (("compare", "schema/phone.json", "schema/phone.json", "--draft", "draft5"), 2, "'draft5' is no draft"),
        (("compare", "schema/phone.json", "schema/phone.json", "--batch", "x"), 2, "--batch takes no schemas"),
        (("compare", "--batch", "gone.jsonl"), 3, "gone.jsonl is not a file"),
    ],
)  # fmt: skip
def test_wrong_input(run: Run, words: tuple[str, ...], status: int, said: str) -> None:
    ran = run(*words)
    assert ran.status == status
    assert said in ran.err
    assert ran.err.startswith("error: ")
    assert len(ran.err.splitlines()) == 1


def test_a_fault_of_the_bot_is_no_stack_trace(
    run: Run, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError("phone\x1b[31m")

    monkeypatch.setattr("bot.commands.check.run", fails)
    words = ("check", "--base", base, "--head", base, "--format", "json", "--output", tmp_path / "report.json")
    ran = run(*words)
    assert ran.status == 3
    assert ran.err.startswith("error: standards-bot failed: KeyError")
    assert "\x1b" not in ran.err
    assert json.loads((tmp_path / "report.json").read_text())["verdict"] == "invalid"
    monkeypatch.setenv("STANDARDS_BOT_TRACEBACK", "1")
    with pytest.raises(KeyError):
        run(*words)


@pytest.mark.parametrize("problem", [RecursionError(), MemoryError()])
def test_more_than_can_be_judged(run: Run, base: Path, monkeypatch: pytest.MonkeyPatch, problem: BaseException) -> None:
    def fails(*_: object) -> None:
        raise problem

    monkeypatch.setattr("bot.commands.check.run", fails)
    ran = run("check", "--base", base, "--head", base)
    assert (ran.status, ran.out) == (3, "")
    assert "more than can be judged" in ran.err


def test_an_interrupt_is_quiet(run: Run, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.commands.check.run", interrupted)
    assert run("check", "--base", base, "--head", base) == Ran(130, "", "")


def test_a_reader_who_has_seen_enough_is_no_error(base: Path) -> None:
    command = [sys.executable, "-m", "bot", "check", "--base", str(base), "--head", str(base), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() in (0, 1)


def test_colour_and_progress_are_for_terminals(base: Path, tmp_path: Path) -> None:
    head = write(tmp_path / "head", phone=narrowed())
    command = [sys.executable, "-m", "bot", "check", "--base", str(base), "--head", str(head)]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment) as process:
        os.close(theirs)
        shown = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(ours)
    assert process.returncode == 1
    assert b"\x1b[1;31mThis change would break data" in shown


# build.


def bundled_copy(directory: Path) -> Path:
    """The bundled standard as it is now: somebody may be editing it."""
    copytree(ROOT / "schema", directory / "bundled" / "schema")
    return directory / "bundled"


def test_build_writes_a_directory_a_profile_and_nothing_else(run: Run, tmp_path: Path) -> None:
    ran = run("build", "--source", bundled_copy(tmp_path), "--output", tmp_path / "out")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.endswith(f"Built classic, core, uk in {tmp_path / 'out'}.\n")
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["classic", "core", "uk"]
    assert sorted(each.name for each in (tmp_path / "out" / "uk").iterdir()) == [
        "datapackage.json",
        "examples",
        "schema",
    ]


def test_build_is_the_same_to_the_byte(run: Run, tmp_path: Path) -> None:
    source = bundled_copy(tmp_path)

    def built(name: str) -> dict[str, bytes]:
        run("build", "--source", source, "--output", tmp_path / name, "--profile", "uk")
        return {
            str(file.relative_to(tmp_path / name)): file.read_bytes()
            for file in sorted((tmp_path / name).rglob("*.json"))
        }

    first = built("first")
    assert len(first) > 30
    assert first == built("second") == built("first")


def test_build_from_a_ref_with_a_patch(run: Run, repository: Path) -> None:
    (repository / "profile").mkdir()
    (repository / "profile" / "phone.json").write_text('{"properties": {"kind": null}}')
    commit(repository)
    ran = run("build", "--ref", "topic", "--patch", "uk=profile", "--output", "out")
    assert ran.status == 0
    schema = json.loads((repository / "out" / "uk" / "schema" / "phone.json").read_text())
    assert sorted(schema["properties"]) == ["id", "number"]


def test_build_never_writes_over_its_own_source(run: Run, tmp_path: Path) -> None:
    source = write(tmp_path / "hsds", phone='{"type": "object", "properties": {"id": {"type": "string"}}}')
    ran = run("build", "--source", source, "--output", tmp_path)
    assert ran.status == 3
    assert "being read" in ran.err
    assert [each.name for each in (source / "schema").iterdir()] == ["phone.json"]


@pytest.mark.parametrize("words", [("--base", ""), ("--head", ""), ("--patch", "uk="), ("--patch", "")])
def test_an_empty_name_is_not_the_current_directory(run: Run, words: tuple[str, str]) -> None:
    ran = run("check", *words)
    assert ran.status == 2
    assert words[0] in ran.err


def test_build_of_what_cannot_be_read(run: Run, tmp_path: Path) -> None:
    ran = run("build", "--source", write(tmp_path / "bad", phone='{"a": 1,}'), "--output", tmp_path / "out")
    assert ran.status == 3
    assert ran.err.startswith("error: schema/phone.json:1: this is not JSON")
    assert not (tmp_path / "out").exists()


def test_build_says_what_is_wrong_without_being_in_it(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "fax.json").write_text("null")
    ran = run("build", "--source", base, "--patch", f"uk={tmp_path / 'profile'}", "--output", tmp_path / "out")
    assert ran.status == 0
    assert "warning: " in ran.err
    assert "fax" in ran.err
