"""What the settings name, and what woke the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.adapters.fetching import GitFetcher
    from bot.commands.check import ElsewhereProfile, PatchDirectory
    from bot.commands.event import Event
    from bot.community.configuration import Configuration
    from bot.settings import Settings
    from bot.standard.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Named:
    """What the settings name: the directory of the standard, and profiles besides its own; `problems` are what is
    wrong with the settings, `rules` how serious they make single ones."""

    directory: Path
    patches: tuple[PatchDirectory, ...] = ()
    elsewhere: tuple[ElsewhereProfile, ...] = ()
    problems: tuple[Problem, ...] = ()
    rules: Mapping[str, Severity | None] = field(default_factory=dict)


def named(source: Path) -> Named:
    """What `.github/bot.yml` leads to; the source itself where there is no such file."""
    from bot.adapters.git import repository_of
    from bot.adapters.policy import policy_file
    from bot.commands.elsewhere import profiles_elsewhere
    from bot.commands.judge import patch_directories
    from bot.community.configuration import PATH
    from bot.settings import settings

    if not source.is_dir() or policy_file(source, PATH, "") is None:
        return Named(source)
    known = settings()
    found, problems = configuration(source, known)
    repository = repository_of(source)
    root = repository.root if repository is not None else source
    at_top = source.resolve() == root.resolve()
    top = source if at_top else root
    directory = source / found.source if at_top else source
    elsewhere = profiles_elsewhere(found, git_fetcher(source, known)) if found.profiles else ()
    return Named(directory, patch_directories(found, str(top)), elsewhere, problems, found.rules)


def event(settings: Settings) -> Event:
    """What woke the bot; nothing where no event did."""
    from bot.commands.event import Event, read_event

    path = settings.run.event_path
    if not path:
        return Event(settings.run.event_name)
    try:
        data = Path(path).read_bytes()
    except OSError as problem:
        raise UsageError(f"the event at GITHUB_EVENT_PATH cannot be read: {problem.strerror}") from problem
    return read_event(settings.run.event_name, data)


def configuration(source: Path, settings: Settings) -> tuple[Configuration, tuple[Problem, ...]]:
    """What `.github/bot.yml` says, and what is wrong with it."""
    from bot.adapters.policy import policy_file
    from bot.community.configuration import PATH, configured
    from bot.standard.yaml_reading import read_yaml

    content = policy_file(source, PATH, event(settings).default_branch)
    return configured(read_yaml(PATH, content or b""))


def git_fetcher(source: Path, settings: Settings) -> GitFetcher:
    """What brings objects of pull requests and of profiles elsewhere into the repository."""
    from bot.adapters.fetching import GitFetcher

    at = settings.github
    return GitFetcher(source, at.server_url if at else "https://github.com", at.token.reveal() if at else None)
