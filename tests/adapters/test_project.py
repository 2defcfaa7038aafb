from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.project import LocalProject
from bot.errors import InputError, UsageError
from tests.adapters.test_sources import git


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    directory = tmp_path / "our-standard"
    (directory / "schemas" / "v3" / "schema").mkdir(parents=True)
    git(directory, "init", "-q")
    return directory


def test_paths_are_from_the_top_of_the_repository(repository: Path) -> None:
    for source, shown in ((repository, "."), (repository / "schemas" / "v3", "schemas/v3")):
        project = LocalProject(source)
        assert (project.name, project.source) == ("our-standard", shown)
        project.write(f".github/{shown.replace('/', '-')}.yml", "x\n")
    assert sorted(each.name for each in (repository / ".github").iterdir()) == ["..yml", "schemas-v3.yml"]


def test_without_a_repository_the_working_directory_is_the_top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here" / "schemas").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    assert LocalProject(Path("schemas")).source == "schemas"
    assert LocalProject(Path()).name == "here"
    with pytest.raises(UsageError, match="is outside of"):
        LocalProject(tmp_path)
    with pytest.raises(InputError, match="nowhere is not a directory"):
        LocalProject(Path("nowhere"))


def test_files_are_written_with_the_directories_they_need(repository: Path) -> None:
    project = LocalProject(repository)
    assert not project.has("a/b/c.yml")
    project.write("a/b/c.yml", "one\n")
    project.write("a/b/c.yml", "two\n")
    assert project.has("a/b/c.yml")
    assert (repository / "a" / "b" / "c.yml").read_bytes() == b"two\n"


def test_nothing_is_written_through_links(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (repository / "linked").symlink_to(tmp_path / "outside")
    (repository / "file.yml").symlink_to(tmp_path / "outside" / "file.yml")
    project = LocalProject(repository)
    assert project.has("file.yml")
    for path in ("linked/file.yml", "linked/more/file.yml", "file.yml"):
        with pytest.raises(InputError, match="behind a symbolic link"):
            project.write(path, "x")
    assert [each for each in (tmp_path / "outside").rglob("*") if each.is_file()] == []


def test_what_cannot_be_written_says_so(repository: Path) -> None:
    (repository / ".github").write_text("a file where a directory should be")
    with pytest.raises(InputError, match=r"\.github/bot\.yml cannot be written"):
        LocalProject(repository).write(".github/bot.yml", "x")


def test_a_directory_is_no_file(repository: Path) -> None:
    (repository / "file").write_text("")
    project = LocalProject(repository)
    assert [project.has_directory(path) for path in ("schemas", "file", "nowhere")] == [True, False, False]


def test_directories_with_schemas(repository: Path) -> None:
    project = LocalProject(repository)
    assert not project.has_schemas("nowhere")
    assert not project.has_schemas("schemas")
    (repository / "schemas" / "service.json").write_text("{}")
    assert project.has_schemas("schemas")


def test_the_standard_in_a_directory(repository: Path) -> None:
    (repository / "schemas" / "v3" / "schema" / "service.json").write_text("{}")
    snapshot = LocalProject(repository).standard("schemas/v3")
    assert snapshot is not None
    assert dict(snapshot.files) == {"schema/service.json": b"{}"}
    assert LocalProject(repository).standard("nowhere") is None
