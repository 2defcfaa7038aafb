"""`init`: writes the one workflow file and the first settings of a repository that takes the bot in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Protocol

from bot.community.adoption import CLOCK, PLACEHOLDER, SCHEDULE, WORKFLOW
from bot.community.configuration import PATH
from bot.errors import InputError, UsageError
from bot.ports import Sources
from bot.standard.loading import load
from bot.standard.model import Kind

TEMPLATE = ".github/PULL_REQUEST_TEMPLATE.md"
TEMPLATES = (
    TEMPLATE,
    ".github/pull_request_template.md",
    ".github/PULL_REQUEST_TEMPLATE",
    *("PULL_REQUEST_TEMPLATE.md", "pull_request_template.md", "PULL_REQUEST_TEMPLATE"),
    *("docs/PULL_REQUEST_TEMPLATE.md", "docs/pull_request_template.md", "docs/PULL_REQUEST_TEMPLATE"),
)
"""Where GitHub looks for the text that a pull request begins with."""
BOX = "- [ ] This changes wording only"
"""The box that a pull request is held to (`community.promise`)."""
PATCHES = "profile"
"""The directory beside `schema/` in which HSDS 3 profiles keep their merge patches."""

_WORKFLOW = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+@[A-Za-z0-9][A-Za-z0-9._/-]*")
_NOT_OF_AN_ID = re.compile("[^a-z0-9-]+")
_LONGEST_ID = 40


class Project(Protocol):
    """The repository that the files are written into."""

    @property
    def name(self) -> str:
        """How its directory is called."""
        ...

    @property
    def source(self) -> str:
        """The directory of the standard, from the top of the repository."""
        ...

    def has(self, path: str) -> bool:
        """Whether something is there, from the top of the repository."""
        ...

    def has_schemas(self, path: str) -> bool:
        """Whether it is a directory with JSON files in it."""
        ...

    def write(self, path: str, text: str) -> None:
        """Write a file, with the directories it needs; raises InputError."""
        ...


@dataclass(frozen=True, slots=True)
class InitRequest:
    """`workflow`: the repository of the bot and a ref of it, `owner/name@ref`. `force`: write over files.
    `clock_apart`: in a workflow file of its own, so that it can be switched off without the rest. `template`: also the
    text that pull requests begin with; where the other files are there, that alone."""

    workflow: str = PLACEHOLDER
    force: bool = False
    clock_apart: bool = False
    template: bool = False


@dataclass(frozen=True, slots=True)
class Initialised:
    """What was found, the files that were written, and what to do next, in order."""

    kind: str
    profile: str
    files: tuple[str, ...]
    steps: tuple[str, ...]


def run(request: InitRequest, sources: Sources, project: Project) -> Initialised:
    """Write all files, or none; raises UsageError where one is there already. A template is never written over."""
    if not _WORKFLOW.fullmatch(request.workflow):
        raise UsageError(f"{request.workflow!r} is not owner/name@ref", "Name the bot's repository and a commit of it.")
    kind = load(sources.named("WORKTREE").standard()).kind
    if kind is Kind.NOTHING:
        raise InputError(
            f"there is no standard in {'this directory' if project.source == '.' else project.source}",
            "Name the directory of one with --source.",
        )
    profile = _profile(project) if kind is Kind.CHECKOUT else ""
    files = {**workflows(request), PATH: settings_text(request.workflow, project.source, profile)}
    there = [path for path in files if project.has(path)]
    template = next((path for path in TEMPLATES if project.has(path)), "")
    if request.template:
        files = _with_template(files, template, alone=bool(there) and not request.force)
    elif there and not request.force:
        raise UsageError(f"{' and '.join(there)} {'are' if there[1:] else 'is'} there already", "--force writes anew.")
    for path, text in files.items():
        project.write(path, text)
    return Initialised(kind.value, profile, tuple(files), tuple(_steps(request.workflow, files, template)))


def _with_template(files: dict[str, str], there: str, *, alone: bool) -> dict[str, str]:
    if there:
        hint = f"Add this line to it, and leave --template out: {BOX}"
        raise UsageError(f"{there} is there already, and is never written over", hint)
    text = {TEMPLATE: _text("settings/template.md", PLACEHOLDER)}
    return text if alone else {**files, **text}


def workflows(request: InitRequest) -> dict[str, str]:
    """The workflow file; with the clock apart, that too."""
    text = _text("standards-bot.yml", request.workflow)
    if not request.clock_apart:
        return {WORKFLOW: text}
    # What GitHub switches off for want of commits is the whole file that a schedule stands in.
    head, _, job = text.partition("permissions: {}\n")
    words = (
        "# Looks at every pull request once a day. In a file of its own: should GitHub switch it off after 60 days\n"
    )
    words += "# without a commit, pull requests are answered all the same. Switch it on under Actions again.\n"
    clock = f"{words}name: Standards bot, clock\n\non:\n{SCHEDULE}\npermissions: {{}}\n{job}"
    return {WORKFLOW: f"{head.replace(SCHEDULE, '')}permissions: {{}}\n{job}", CLOCK: clock}


def settings_text(workflow: str, source: str, profile: str) -> str:
    """A first bot.yml; `profile` is the id of the profile whose patches lie beside the standard, "" for none."""
    text = _text("settings/bot.yml", workflow).replace("source: .", f"source: {_quoted(source)}")
    if not profile:
        return text
    path = PATCHES if source == "." else f"{source}/{PATCHES}"
    patches = f"patches:\n  - id: {profile}\n    path: {_quoted(path)}\n"
    return text.replace("# patches:\n#   - id: uk\n#     path: profile\n", patches)


def _text(name: str, workflow: str) -> str:
    repository, _, ref = workflow.partition("@")
    text = (files("bot.commands") / "adopt" / name).read_text(encoding="utf-8")
    return text.replace("OWNER/standards-bot", repository).replace("COMMIT", ref)


def _profile(project: Project) -> str:
    beside = PATCHES if project.source == "." else f"{project.source}/{PATCHES}"
    if not project.has_schemas(beside):
        return ""
    name = _NOT_OF_AN_ID.sub("-", project.name.lower()).strip("-")[:_LONGEST_ID].rstrip("-")
    return name if name[:1].isalpha() else f"profile-{name}".rstrip("-")[:_LONGEST_ID]


def _quoted(path: str) -> str:
    """A path as YAML writes it: in quotes where it could be read as something else."""
    return path if re.fullmatch(r"[A-Za-z_./][A-Za-z0-9_./-]*", path) else "'" + path.replace("'", "''") + "'"


_PINNED = re.compile("@[0-9a-f]{40}$")
_MOVABLE = (
    "A tag or a branch can be moved: then others decide what runs with your keys. Put a full commit in its place, 40 "
    "digits and letters."
)


def _steps(workflow: str, files: Collection[str], template: str) -> Iterator[str]:
    if WORKFLOW in files:
        yield from _of_workflow(workflow)
        yield "Commit them to the default branch. The next pull request is answered; nothing else has to be set up."
        yield f"Forum and chat: name them in {PATH}, then see what is missing with `standards-bot doctor`."
    else:
        yield "Read the file, change its words as you like, and commit it to the default branch."
    if TEMPLATE not in files:
        how = f"add this line to {template}: {BOX}" if template else "`standards-bot init --template` writes one."
        yield f"A box that holds a pull request to changing words alone, should you want one: {how}"


def _of_workflow(workflow: str) -> Iterator[str]:
    if workflow == PLACEHOLDER:
        yield f"Put the bot's repository and a full commit of it in place of {PLACEHOLDER} in these files."
        return
    yield f"Read the files: they are short. The bot is taken from {workflow}."
    if not _PINNED.search(workflow):
        yield _MOVABLE
