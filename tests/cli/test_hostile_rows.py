"""What strangers may put into the files of a standard, through the whole command: each is said with a place and a way
out, and what else changed is not lost."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.worlds import entity

DECLARED = (
    b"name: here\ntitle: Here\nversion: 1.0.0\nstate: development\nbase_uri: https://example.org/here\n"
    b"entities: [phone, fax]\nviews: []\n"
)
PROFILE = b"id: one\ntitle: One\nuri: https://example.org/one\nversion: 1.0.0\n"
MEMBER = {"profiles": {"one": "must"}, "source": "https://example.org/d", "example": "x"}
LONG = "a" * 40 + "!"


def phone(odd: str = "", **properties: Any) -> bytes:
    """An entity of an extended structure; with a property of an odd name."""
    properties |= {odd: {}} if odd else {}
    described = {key: {**MEMBER, **each} for key, each in properties.items()}
    return json.dumps(entity("phone", {"id": MEMBER, "number": MEMBER, **described})).encode()


def beside(text: bytes) -> bytes:
    """The entity with a keyword more, as a stranger wrote it."""
    return phone()[:-1] + b", " + text + b"}"


Row = tuple[str, Mapping[str, bytes], str]
ENTITY, STANDARD = "schema/phone.json", "schema/standard.yml"
ROWS: list[Row] = [
    ("aliases", {STANDARD: DECLARED + b"a: &a [x]\nb: [*a, *a]\n"}, "yaml-alias-used"),
    ("tags", {STANDARD: DECLARED + b"a: !!python/object/apply:os.abort []\n"}, "yaml-tag-used"),
    ("deep YAML", {STANDARD: DECLARED + b"a: " + b"[" * 50_000 + b"]" * 50_000}, "nesting-too-deep"),
    ("deep lists", {ENTITY: beside(b'"x": ' + b"[" * 50_000 + b"]" * 50_000)}, "nesting-too-deep"),
    ("deep objects", {ENTITY: beside(b'"x": ' + b'{"a": ' * 50_000 + b"1" + b"}" * 50_000)}, "nesting-too-deep"),
    ("a cycle", {ENTITY: phone(x={"$ref": "#/properties/x"})}, "reference-cyclic"),
    ("a longer cycle", {ENTITY: phone(x={"$ref": "#/properties/y"}, y={"$ref": "#/properties/x"})}, "reference-cyclic"),
    ("a local file", {ENTITY: phone(x={"$ref": "file:///etc/passwd"})}, "reference-outside"),
    ("upwards", {ENTITY: phone(x={"$ref": "../../../../etc/passwd"})}, "reference-outside"),
    ("an absolute path", {ENTITY: phone(x={"$ref": "/etc/passwd"})}, "reference-outside"),
    ("a table upwards", {ENTITY: phone().replace(b"phones.csv", b"../../x.csv")}, "path-invalid"),
    ("Git LFS", {ENTITY: b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"}, "file-elsewhere"),
    ("a slow pattern", {ENTITY: phone(number={"pattern": "^(a+)+$", "example": LONG})}, "example-rejected"),
    ("a slower one", {ENTITY: phone(number={"pattern": "^(?=a)(a+)+$", "example": LONG})}, "example-rejected"),
    ("a key twice", {ENTITY: beside(b'"title": "a", "title": "b"')}, "key-contradicted"),
    ("a key twice in YAML", {STANDARD: DECLARED + b"name: there\n"}, "key-contradicted"),
    ("NaN", {ENTITY: beside(b'"x": NaN')}, "number-not-exchangeable"),
    ("infinity", {ENTITY: beside(b'"x": -Infinity')}, "number-not-exchangeable"),
    ("too large", {ENTITY: beside(b'"x": 1e999')}, "number-not-exchangeable"),
    ("too small", {ENTITY: beside(b'"x": 1e-999')}, "number-not-exchangeable"),
    ("many digits", {ENTITY: beside(b'"x": ' + b"9" * 5_000)}, "number-not-exchangeable"),
    ("a byte-order mark", {ENTITY: b"\xef\xbb\xbf" + phone()}, "byte-order-mark-found"),
    ("UTF-16", {ENTITY: phone().decode().encode("utf-16")}, "encoding-invalid"),
    ("Latin 1", {ENTITY: beside('"title": "\xe9"'.encode("latin-1"))}, "encoding-invalid"),
    ("half a character", {ENTITY: beside(b'"title": "\\ud800"')}, "surrogate-lone"),
    ("direction", {ENTITY: beside('"title": "a\u202eb"'.encode())}, "character-hidden"),
    ("nothing to see", {ENTITY: phone("numb\u200ber")}, "character-hidden"),
    ("another script", {ENTITY: phone("numb\u0435r")}, "name-confusable"),
    ("nothing", {ENTITY: b""}, "json-invalid"),
    ("no text", {ENTITY: b"\0" * 100}, "json-invalid"),
    ("a merge", {ENTITY: b"{\n<<<<<<< HEAD\n=======\n>>>>>>> topic\n}"}, "json-invalid"),
    ("large", {ENTITY: b'"' + b"a" * 8_000_000 + b'"'}, "file-too-large"),
    ("a broken profile", {"schema/profiles/one/profile.yml": b"id: ["}, "yaml-invalid"),
    ("no profile", {"schema/profiles/one/profile.yml": b"[]"}, "profile-invalid"),
    ("a patch of text", {"schema/profiles/one/phone.json": b'"x"'}, "patch-invalid"),
]


def laid(directory: Path, files: Mapping[str, bytes]) -> Path:
    fax = {"id": MEMBER, **({"extra": MEMBER} if directory.name == "head" else {})}
    whole = {
        STANDARD: DECLARED,
        "schema/profiles/one/profile.yml": PROFILE,
        ENTITY: phone(),
        "schema/fax.json": json.dumps(entity("fax", fax)).encode(),
        **files,
    }
    for path, content in whole.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(content)
    return directory


def judged(run: Run, directory: Path, files: Mapping[str, bytes]) -> tuple[int, dict[str, Any]]:
    base, head = laid(directory / "base", {}), laid(directory / "head", files)
    ran = run("check", "--base", base, "--head", head, "--format", "json")
    report: dict[str, Any] = json.loads(ran.out)
    return ran.status, report


@pytest.mark.parametrize(("files", "rule"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_it_is_said_and_nothing_else_is_lost(run: Run, tmp_path: Path, files: dict[str, bytes], rule: str) -> None:
    status, report = judged(run, tmp_path, files)
    found = [each for each in report["findings"] if each["rule"] == rule]
    assert found
    for each in found:
        assert each["file"] in files
        assert each["message"]
        assert each["hint"]
    serious = any(each["severity"] == "error" for each in report["findings"])
    assert status == {"invalid": 3, "breaking": 1, "unknown": 1, "compatible": int(serious)}[report["verdict"]]
    [profile] = report["profiles"].values()
    assert ("schema/fax.json", "/properties/extra") in {(each["file"], each["pointer"]) for each in profile["changes"]}


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A server that nobody should call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef", "$schema", "$id"])
def test_nobody_is_asked_for_what_lies_elsewhere(
    run: Run, tmp_path: Path, listening: socket.socket, keyword: str
) -> None:
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/x.json"
    part = {keyword: address, **({"allOf": [{"$ref": "y.json"}]} if keyword == "$id" else {})}
    content = beside(json.dumps(part)[1:-1].encode()) if keyword in ("$schema", "$id") else phone(x=part)
    status, report = judged(run, tmp_path, {ENTITY: content})
    assert status == 1
    rules = {"$schema": "dialect-unknown", "$id": "reference-dangling"}
    assert rules.get(keyword, "reference-outside") in {each["rule"] for each in report["findings"]}
    with pytest.raises(BlockingIOError):
        listening.accept()


SPEAKING = "x\n::error::pwned\n##[error]y\r\x1b[31mred"


@pytest.mark.parametrize("command", ["check", "build"])
def test_no_text_of_a_file_is_taken_for_a_command_of_the_log(run: Run, tmp_path: Path, command: str) -> None:
    texts = {"description": SPEAKING, "example": SPEAKING, "enum": [SPEAKING], "pattern": f"({SPEAKING}"}
    content = phone(SPEAKING, x=texts, y={"$ref": SPEAKING}, z={"format": SPEAKING, "default": SPEAKING})
    base, head = laid(tmp_path / "base", {}), laid(tmp_path / "head", {ENTITY: content})
    sides = ("--base", base, "--head", head) if command == "check" else ("--source", head, "--output", tmp_path / "out")
    ran = run(command, *sides)
    said = ran.out + ran.err
    assert "pwned" in said
    assert not {"\x1b", "\r"} & set(said)
    assert not [line for line in said.splitlines() if line.lstrip().startswith(("::", "##["))]
