from __future__ import annotations

import json
import os
import shutil
from base64 import b64encode
from pathlib import Path

import pytest

from bot.adapters.fetching import GitFetcher
from bot.errors import GitError, UsageError
from tests.adapters.test_sources import commit, git
from tests.worlds import entity

PHONE = json.dumps(entity("phone", {"number": {}}))
TOKEN = "ghs_abcdefghijklmnopqrstuvwxyz0123456789"  # noqa: S105 - nobody's


def repository(server: Path, name: str, **files: str) -> Path:
    """A repository of the server, with files on main."""
    directory = server / f"{name}.git"
    directory.mkdir(parents=True)
    git(directory, "init", "-q")
    git(directory, "config", "receive.denyCurrentBranch", "ignore")
    write(directory, **files)
    return directory


def write(directory: Path, **files: str) -> str:
    for name, text in files.items():
        path = directory / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(f"{path.name}.json").write_text(text)
    commit(directory)
    return git(directory, "rev-parse", "HEAD")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: repositories of a standard, with a pull request from a fork, and of a profile; and a clone."""
    template = tmp_path_factory.mktemp("template")
    standard = repository(template / "server", "acme/standard", schema__phone=PHONE)
    git(standard, "checkout", "-q", "--detach")
    write(standard, schema__phone=PHONE.replace("phone", "telephone"))
    git(standard, "update-ref", "refs/pull/7/head", "HEAD")
    git(standard, "checkout", "-q", "main")
    repository(template / "server", "uk/profile", profile__phone='{"title": "UK"}', README="{}")
    git(template, "clone", "-q", f"file://{standard}", "clone")
    return template


@pytest.fixture
def server(template: Path, tmp_path: Path) -> Path:
    return shutil.copytree(template / "server", tmp_path / "server")


@pytest.fixture
def clone(template: Path, tmp_path: Path) -> Path:
    clone = shutil.copytree(template / "clone", tmp_path / "clone")
    git(clone, "config", "remote.origin.url", f"file://{tmp_path}/server/acme/standard.git")
    return clone


@pytest.fixture
def fetcher(server: Path, clone: Path) -> GitFetcher:
    return GitFetcher(clone, f"file://{server}", None)


def tree_of(directory: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() for path in directory.rglob("*") if path.is_file() and ".git" not in path.parts
    }


# Pull requests and commits.


def test_a_pull_request_comes_without_a_checkout(fetcher: GitFetcher, clone: Path, server: Path) -> None:
    before = tree_of(clone)
    sha = fetcher.pull_request(7)
    assert sha == git(server / "acme/standard.git", "rev-parse", "refs/pull/7/head")
    assert git(clone, "rev-parse", "refs/standards-bot/pull/7") == sha
    assert git(clone, "merge-base", sha, "HEAD") == git(clone, "rev-parse", "HEAD")
    assert tree_of(clone) == before
    assert not (clone / ".git" / "FETCH_HEAD").exists()


def test_a_pull_request_that_was_pushed_over_is_fetched_anew(fetcher: GitFetcher, server: Path) -> None:
    standard = server / "acme/standard.git"
    first = fetcher.pull_request(7)
    git(standard, "checkout", "-q", "--orphan", "other")
    other = write(standard, schema__phone="{}")
    git(standard, "update-ref", "refs/pull/7/head", other)
    assert fetcher.pull_request(7) == other != first


def test_a_pull_request_that_is_not_there_is_said(fetcher: GitFetcher) -> None:
    with pytest.raises(GitError, match="does not have what was asked for"):
        fetcher.pull_request(8)


def test_a_shallow_clone_is_made_whole_so_that_a_common_commit_is_found(server: Path, tmp_path: Path) -> None:
    write(server / "acme/standard.git", schema__more=PHONE)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{server}/acme/standard.git", "shallow")
    shallow = tmp_path / "shallow"
    sha = GitFetcher(shallow, f"file://{server}", None).pull_request(7)
    assert git(shallow, "merge-base", sha, "HEAD") == git(shallow, "rev-parse", "HEAD~1")


def test_a_single_commit_comes_where_it_is_missing(fetcher: GitFetcher, clone: Path, server: Path) -> None:
    sha = write(server / "acme/standard.git", schema__later=PHONE)
    fetcher.commit(sha)
    assert git(clone, "cat-file", "-t", sha) == "commit"
    git(clone, "remote", "set-url", "origin", f"file://{server}/gone.git")
    fetcher.commit(sha)


def test_a_whole_clone_stays_whole(fetcher: GitFetcher, clone: Path, server: Path) -> None:
    fetcher.commit(write(server / "acme/standard.git", schema__later=PHONE))
    assert git(clone, "rev-parse", "--is-shallow-repository") == "false"


@pytest.mark.parametrize("sha", ["", "main", "1a2b3c4", "--upload-pack=x", "0" * 39 + "g"])
def test_only_full_commits_are_taken_for_one(fetcher: GitFetcher, sha: str) -> None:
    with pytest.raises(UsageError, match="not a full commit"):
        fetcher.commit(sha)


def test_a_clone_without_an_origin_says_so(server: Path) -> None:
    with pytest.raises(GitError, match="no origin"):
        GitFetcher(server / "acme/standard.git", f"file://{server}", None).pull_request(7)


def test_outside_a_repository_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError, match="in no git repository"):
        GitFetcher(tmp_path, f"file://{tmp_path}", None).pull_request(7)


def test_what_has_been_published_is_listed(fetcher: GitFetcher, server: Path) -> None:
    standard = server / "acme/standard.git"
    git(standard, "tag", "-a", "standard-2.0.1", "-m", "live")
    main = git(standard, "rev-parse", "main")
    assert fetcher.published() == {"refs/heads/main": main, "refs/tags/standard-2.0.1": main}


# Profiles that live elsewhere.


def test_a_directory_elsewhere_is_read_at_its_pin(fetcher: GitFetcher, clone: Path, server: Path) -> None:
    profile = server / "uk/profile.git"
    pin = git(profile, "rev-parse", "HEAD")
    write(profile, profile__phone='{"title": "later"}')
    before = tree_of(clone)
    directory = fetcher.elsewhere("uk/profile", pin, "profile")
    snapshot = directory.files()
    assert snapshot.label == f"uk/profile@{pin[:7]}:profile"
    assert dict(snapshot.files) == {"phone.json": b'{"title": "UK"}'}
    assert tree_of(clone) == before
    assert git(clone, "status", "--porcelain") == ""


@pytest.mark.parametrize("kind", ["lightweight", "annotated", "branch"])
def test_a_tag_or_a_branch_is_a_pin_too(fetcher: GitFetcher, server: Path, kind: str) -> None:
    profile = server / "uk/profile.git"
    words = {"lightweight": ("tag", "v1"), "annotated": ("tag", "-am", "one", "v1"), "branch": ("branch", "v1")}
    git(profile, *words[kind])
    write(profile, profile__phone='{"title": "later"}')
    snapshot = fetcher.elsewhere("uk/profile", "v1").files()
    assert snapshot.label == "uk/profile@v1"
    assert list(snapshot.files) == ["README.json"]
    assert fetcher.elsewhere("uk/profile", "v1", "profile").files().files == {"phone.json": b'{"title": "UK"}'}


def test_a_commit_that_is_here_is_not_fetched_again(fetcher: GitFetcher, clone: Path, server: Path) -> None:
    pin = git(server / "uk/profile.git", "rev-parse", "HEAD")
    first = fetcher.elsewhere("uk/profile", pin, "profile").files()
    (server / "uk/profile.git").rename(server / "gone")
    assert fetcher.elsewhere("uk/profile", pin, "profile").files() == first
    assert GitFetcher(clone, f"file://{server}", None).elsewhere("uk/profile", pin, "profile").files() == first


def test_one_run_sees_one_version_of_a_tag(fetcher: GitFetcher, server: Path) -> None:
    profile = server / "uk/profile.git"
    git(profile, "tag", "v1")
    first = fetcher.elsewhere("uk/profile", "v1", "profile").files()
    write(profile, profile__phone='{"title": "moved"}')
    git(profile, "tag", "-f", "v1")
    assert fetcher.elsewhere("uk/profile", "v1", "profile").files() == first


def test_a_missing_directory_has_no_files(fetcher: GitFetcher) -> None:
    assert fetcher.elsewhere("uk/profile", "main", "nope").files().files == {}


@pytest.mark.parametrize("ref", ["pull/7/head", "refs/pull/7/head", "v9"])
def test_refs_that_strangers_may_write_are_no_pins(fetcher: GitFetcher, ref: str) -> None:
    with pytest.raises(GitError, match="no tag and no branch"):
        fetcher.elsewhere("acme/standard", ref).files()


@pytest.mark.parametrize(
    ("name", "ref"),
    [("uk", "v1"), ("../x", "v1"), ("uk/..", "v1"), ("-u/x", "v1"), ("uk/a/b", "v1"), ("https://x/y", "v1"), ("uk/p\n", "v1"),
     ("uk/p", "-v1"), ("uk/p", "a..b"), ("uk/p", "a b"), ("uk/p", "a:b"), ("uk/p", "a.lock"), ("uk/p", ""), ("uk/p", "a~1"), ("uk/p", "v1\n")],
)  # fmt: skip
def test_words_that_name_nothing_are_refused_before_git_sees_them(fetcher: GitFetcher, name: str, ref: str) -> None:
    with pytest.raises(UsageError):
        fetcher.elsewhere(name, ref)


def test_a_link_and_a_submodule_in_a_profile_are_refused(fetcher: GitFetcher, server: Path) -> None:
    profile = server / "uk/profile.git"
    (profile / "profile" / "service.json").symlink_to("/etc/passwd")
    commit(profile)
    snapshot = fetcher.elsewhere("uk/profile", "main", "profile").files()
    assert [problem.rule for problem in snapshot.refused] == ["symlink-refused"]
    assert list(snapshot.files) == ["phone.json"]


def test_a_repository_that_is_not_there_is_said(fetcher: GitFetcher) -> None:
    with pytest.raises(GitError, match=r"uk/gone\.git cannot be read") as caught:
        fetcher.elsewhere("uk/gone", "0" * 40).files()
    assert "token" in caught.value.hint


def test_a_commit_that_is_not_there_is_said(fetcher: GitFetcher) -> None:
    with pytest.raises(GitError, match="does not have what was asked for") as caught:
        fetcher.elsewhere("uk/profile", "1" * 40).files()
    assert "Correct the ref" in caught.value.hint


# What may not happen on the way.


def test_nothing_of_any_configuration_runs(fetcher: GitFetcher, clone: Path, server: Path, tmp_path: Path) -> None:
    marker, script = tmp_path / "ran", tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {marker}\nexit 1\n")
    script.chmod(0o755)
    url = f"file://{server}/acme/standard.git"
    for name in ("core.fsmonitor", "core.sshCommand", "core.askPass", "credential.helper", "core.alternateRefsCommand"):
        git(clone, "config", name, f"!{script}" if name == "credential.helper" else str(script))
    for remote in ("origin", url):
        git(clone, "config", f"remote.{remote}.uploadpack", str(script))
    for hook in ("reference-transaction", "post-merge", "pre-auto-gc", "post-checkout"):
        (clone / ".git" / "hooks").mkdir(exist_ok=True)
        (clone / ".git" / "hooks" / hook).write_bytes(script.read_bytes())
        (clone / ".git" / "hooks" / hook).chmod(0o755)
    fetcher.pull_request(7)
    fetcher.commit(write(server / "acme/standard.git", schema__later=PHONE))
    fetcher.published()
    fetcher.elsewhere("uk/profile", "main", "profile").files()
    assert not marker.exists()


@pytest.mark.parametrize("url", ["ext::sh -c touch% {marker}", "git://127.0.0.1/x", "ssh://other@127.0.0.1/x"])
def test_other_protocols_are_not_spoken(fetcher: GitFetcher, clone: Path, tmp_path: Path, url: str) -> None:
    marker = tmp_path / "ran"
    git(clone, "config", "remote.origin.url", url.format(marker=marker))
    with pytest.raises(GitError, match="protocol that is not used here"):
        fetcher.pull_request(7)
    assert not marker.exists()


def test_repositories_of_this_machine_are_for_a_server_of_this_machine(clone: Path) -> None:
    with pytest.raises(GitError, match="protocol that is not used here"):
        GitFetcher(clone, "https://github.example", None).pull_request(7)


@pytest.mark.parametrize("url", ["http://github.example", "ssh://github.example", "/srv/git", "ext::sh", ""])
def test_only_servers_that_cannot_be_listened_to(clone: Path, url: str) -> None:
    with pytest.raises(UsageError, match="https://"):
        GitFetcher(clone, url, None)


@pytest.mark.parametrize("url", ["git@github.example:acme/standard.git", "ssh://git@github.example/acme/standard.git"])
def test_a_clone_by_ssh_is_fetched_from_by_https(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    seen = watched(tmp_path, monkeypatch)
    git(clone, "config", "remote.origin.url", url)
    GitFetcher(clone, "https://github.example", None).published()
    assert "https://github.example/acme/standard.git\n" in seen.read_text()


def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts a git in the way that writes down what it is told, and answers itself where a server would."""
    real, seen = git(tmp_path, "--exec-path"), tmp_path / "seen"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_text(
        f"#!/bin/sh\nprintf '%s\\n' \"$@\" >> {seen}\n"
        f'case " $* " in *" fetch "*|*" ls-remote "*) env | grep GIT_CONFIG >> {seen}.env;'
        f' echo "fatal: $GIT_CONFIG_VALUE_1 $FAKE" >&2; exit ${{STATUS:-0}};; esac\nexec {real}/git "$@"\n'
    )
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    return seen


def test_a_token_is_on_no_command_line_and_for_its_server_alone(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = watched(tmp_path, monkeypatch)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.name")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "somebody")
    git(clone, "config", "remote.origin.url", "https://github.example/acme/standard.git")
    GitFetcher(clone, "https://github.example", TOKEN).published()
    basic = b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    assert TOKEN not in seen.read_text()
    assert basic not in seen.read_text()
    assert sorted(Path(f"{seen}.env").read_text().splitlines()) == [
        "GIT_CONFIG_COUNT=3",
        "GIT_CONFIG_KEY_0=user.name",
        "GIT_CONFIG_KEY_1=http.https://github.example/.extraHeader",
        "GIT_CONFIG_KEY_2=http.https://github.example/.extraHeader",
        "GIT_CONFIG_VALUE_0=somebody",
        "GIT_CONFIG_VALUE_1=",
        f"GIT_CONFIG_VALUE_2=Authorization: Basic {basic}",
    ]


@pytest.mark.parametrize("said", ["", "not found", "something new"])
def test_no_error_quotes_a_token(clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    watched(tmp_path, monkeypatch)
    monkeypatch.setenv("STATUS", "128")
    basic = b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    monkeypatch.setenv("FAKE", f"{said} {TOKEN} {basic}")
    git(clone, "config", "remote.origin.url", f"https://somebody:{TOKEN}@github.example/acme/standard.git")
    with pytest.raises(GitError) as caught:
        GitFetcher(clone, "https://github.example", TOKEN).pull_request(7)
    told = f"{caught.value.message} {caught.value.hint}"
    assert TOKEN not in told
    assert basic not in told
    assert "github.example" in told


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("fatal: could not read Username for 'https://github.com': terminal prompts disabled", "private"),
        ("remote: Repository not found.", "private"),
        ("fatal: unable to access 'x': The requested URL returned error: 403", "private"),
        ("fatal: unable to access 'x': The requested URL returned error: 503", "did not answer"),
        ("fatal: unable to access 'x': Could not resolve host: github.example", "did not answer"),
        ("error: RPC failed; curl 28 Operation too slow. Less than 1000 bytes/sec", "did not answer"),
        ("fatal: remote error: upload-pack: not our ref 1111", "does not have"),
        ("fatal: couldn't find remote ref refs/pull/7/head", "does not have"),
        ("fatal: a new kind of trouble", "could not fetch"),
    ],
)  # fmt: skip
def test_what_git_says_becomes_what_to_do(
    clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, message: str
) -> None:
    watched(tmp_path, monkeypatch)
    monkeypatch.setenv("STATUS", "128")
    monkeypatch.setenv("FAKE", said)
    git(clone, "config", "remote.origin.url", "https://github.example/acme/standard.git")
    with pytest.raises(GitError, match=message) as caught:
        GitFetcher(clone, "https://github.example", None).pull_request(7)
    assert caught.value.hint


def test_a_server_that_does_not_end_is_left(clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched(tmp_path, monkeypatch)
    script = tmp_path / "bin" / "git"
    script.write_text(script.read_text().replace("exit ${STATUS:-0}", "exec sleep 30"))
    monkeypatch.setattr("bot.adapters.git_remote.SECONDS", 0.3)
    with pytest.raises(GitError, match=r"did not answer in 0\.3 seconds"):
        GitFetcher(clone, "https://github.example", None).pull_request(7)
