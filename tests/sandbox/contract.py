"""Holds requests and answers of the sandbox against the published descriptions of the two APIs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jsonschema.protocols import Validator
from openapi_schema_validator import OAS30Validator, OAS31Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from bot.sandbox.front import Entry

# What the descriptions at hand do not hold: they are cut to what was thought to be needed, or behind the servers.
PATHS_NOT_DESCRIBED = {
    "github": {
        "/user": "who signed in; the description was cut to 16 paths, as for all below",
        "/users/{login}": "an account",
        "/graphql": "GraphQL has a description of its own",
        "/repos/{owner}/{repo}": "the repository",
        "/repositories/{number}": "the repository by its number",
        "/repos/{owner}/{repo}/issues/{number}": "one issue; lists and new issues are described",
        "/repos/{owner}/{repo}/issues/{number}/reactions": "as those of comments, which are described",
        "/repos/{owner}/{repo}/issues/{number}/labels/{label}": "one label; lists are described",
        "/repos/{owner}/{repo}/issues/comments/{comment}/reactions/{reaction}": "lists are described",
        "/repos/{owner}/{repo}/commits/{sha}/check-runs": "a list of check runs, which are described",
        "/repos/{owner}/{repo}/commits/{sha}/pulls": "a list of pull requests, which are described",
        "/repos/{owner}/{repo}/check-runs/{run}/annotations": "annotations",
        "/repos/{owner}/{repo}/pulls/{number}/commits": "commits",
        "/repos/{owner}/{repo}/pulls/{number}/comments": "comments on lines; PyGithub reads each of their fields",
        "/repos/{owner}/{repo}/pulls/{number}/comments/{note}/replies": "likewise",
        "/repos/{owner}/{repo}/pulls/comments/{note}": "likewise",
        "/repos/{owner}/{repo}/rules/branches/{branch}": "rules",
        "/repos/{owner}/{repo}/rulesets": "rule sets",
        "/repos/{owner}/{repo}/rulesets/{number}": "rule sets",
        "/repos/{owner}/{repo}/branches/{branch}": "a branch",
        "/repos/{owner}/{repo}/branches/{branch}/protection": "protection",
        "/repos/{owner}/{repo}/git/ref/heads/{branch}": "a ref",
        "/repos/{owner}/{repo}/actions/workflows": "workflows",
        "/repos/{owner}/{repo}/actions/workflows/{workflow}": "workflows",
        "/repos/{owner}/{repo}/actions/workflows/{workflow}/runs": "workflows",
        "/repos/{owner}/{repo}/actions/workflows/{workflow}/enable": "workflows",
    },
    "discourse": {
        "/session/current.json": "who signed in",
        "/site/settings.json": "settings for clients",
        "/posts/by_number/{topic}/{number}": "a post by its number",
        "/posts/{username}/pending.json": "what waits for approval; the source has it",
        "/t/{slug}/{id}.json": "where the address by external id leads to",
        "/t/{slug}/{id}": "the same; the description knows the slug - alone",
    },
}
# Any endpoint of GitHub may answer so, which the description says nowhere but in words.
STATUSES_OF_ALL = {"github": {301, 307, 400, 401, 403, 404, 410, 422, 429}, "discourse": {400, 403, 404, 409, 422, 429}}
# Parts of answers that are left out, or are otherwise, with the reason.
ANSWERS_OTHERWISE = {
    ("discourse", "GET", "/u/{username}.json"): "a hundred settings of a member that only the member's browser reads",
    ("discourse", "GET", "/site.json"): "sixty lists for the browser; categories and rights are there",
    ("discourse", "GET", "/categories.json"): "the category itself is checked where it is asked for alone",
    ("discourse", "PUT", "/t/-/{id}.json"): "the description knows fewer fields than the server sends",
}
# Properties that the description requires, and that are left out where they would be false, as the source has it.
LEFT_OUT = {("discourse", "GET", "/t/{id}.json"): "$.details"}
# Requests that the clients write otherwise than described, and that the real servers take all the same.
REQUESTS_OTHERWISE = {
    ("github", "POST", "/repos/{owner}/{repo}/issues/{issue_number}/labels"): "PyGithub sends a list of names alone",
    ("github", "PUT", "/repos/{owner}/{repo}/issues/{issue_number}/labels"): "likewise",
}
PARAMETERS_OTHERWISE = {
    "discourse": {
        "nested_post": "undescribed, in the source",
        "no_bump": "undescribed, in the source",
        "skip_validations": "undescribed, in the source",
        "tags[]": "undescribed, in the source",
        "tags": "the same as JSON",
        "category_id": "described within topic, taken beside it as well",
        "title": "null is sent for replies by pydiscourse",
        "post[original_text]": "undescribed, in the source: compare and set",
        "typing_duration_msecs": "undescribed",
        "content": "sent by pydiscourse, and ignored",
    },
}
# Where an address of the description is written otherwise by the clients.
_SAME_PLACE = {
    "/users/{username}.json": "/u/{username}.json",
    "/posts": "/posts.json",
    "/posts/{id}": "/posts/{id}.json",
}


class Description:
    """One API's description."""

    def __init__(self, service: str, file: Path) -> None:
        self.service = service
        self._document = json.loads(file.read_text(encoding="utf-8"), object_hook=_with_null)
        resource = DRAFT202012.create_resource(self._document)
        self._registry: Registry[Any] = Registry().with_resource("urn:api", resource)
        self._paths = {_pattern(path): path for path in self._document["paths"]}
        self._validators: dict[str, Validator] = {}

    def problems(self, entry: Entry) -> Iterator[str]:
        """What is wrong with an exchange; nothing where all is as described, or otherwise for a stated reason."""
        if entry.response is None or entry.fault is not None:
            return
        method, path = entry.method, self._path(entry.request.path)
        if path is None:
            if not any(re.fullmatch(_pattern(each), entry.request.path) for each in PATHS_NOT_DESCRIBED[self.service]):
                yield f"{method} {entry.request.path} is neither described nor listed as not described"
            return
        operation = self._document["paths"][path].get(method.lower())
        if operation is None:
            yield f"{method} {path} is not described"
            return
        if entry.response.status < 300 and (self.service, method, path) not in REQUESTS_OTHERWISE:
            yield from self._of_request(entry, path, operation)
        # A post that waits, or was asked for nested, is described by the source alone.
        queued = path == "/posts.json" and method == "POST" and "action" in entry.response.json()
        if (self.service, method, path) not in ANSWERS_OTHERWISE and not queued:
            yield from self._of_response(entry, path, operation)

    def _path(self, path: str) -> str | None:
        path = re.sub(r"^/repositories/[0-9]+", "/repos/o/r", path)
        fitting = [known for pattern, known in self._paths.items() if re.fullmatch(pattern, path)]
        if fitting:
            return str(min(fitting, key=lambda known: known.count("{")))
        for written, known in _SAME_PLACE.items():
            if re.fullmatch(_pattern(written), path):
                return known
        return None

    def _of_request(self, entry: Entry, path: str, operation: Any) -> Iterator[str]:
        content = self._resolved(operation.get("requestBody", {})).get("content", {})
        if "application/json" not in content or not entry.request.body:
            return
        pointer = self._pointer(path, entry.method, "requestBody/content/application~1json/schema")
        if "json" in entry.request.header("content-type"):
            described = {
                name: value
                for name, value in entry.request.json().items()
                if name not in PARAMETERS_OTHERWISE.get(self.service, {})
            }
            for error in self._validator(pointer).iter_errors(described):
                yield f"request {entry.method} {path}: {error.json_path}: {error.message}"
            return
        known = set(_flat_names(content["application/json"]["schema"]))
        for name in dict(parse_qsl(entry.request.body.decode(), keep_blank_values=True)):
            if name not in known and name not in PARAMETERS_OTHERWISE[self.service]:
                yield f"request {entry.method} {path}: the parameter {name} is neither described nor listed"

    def _of_response(self, entry: Entry, path: str, operation: Any) -> Iterator[str]:
        assert entry.response is not None
        status = entry.response.status
        described = operation["responses"].get(str(status))
        if described is None:
            if status not in STATUSES_OF_ALL[self.service]:
                yield f"{entry.method} {path} answers {status}, which is not described"
            return
        if "application/json" not in self._resolved(described).get("content", {}):
            return
        place = f"responses/{status}"
        pointer = self._pointer(path, entry.method, place)
        if "$ref" in described:
            pointer = described["$ref"].removeprefix("#")
        left_out = LEFT_OUT.get((self.service, entry.method, path))
        for error in self._validator(f"{pointer}/content/application~1json/schema").iter_errors(entry.response.json()):
            if error.validator == "required" and error.json_path == left_out:
                continue
            yield f"{entry.method} {path} {status}: {error.json_path}: {error.message[:300]}"

    def _pointer(self, path: str, method: str, rest: str) -> str:
        return f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method.lower()}/{rest}"

    def _resolved(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in value:
            return value
        found: Any = self._document
        for step in value["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return dict(found)

    def _validator(self, pointer: str) -> Validator:
        if pointer not in self._validators:
            # Braces may stand in a pointer, but not in the fragment of an address.
            fragment = pointer.replace("{", "%7B").replace("}", "%7D")
            kind = OAS30Validator if self._document["openapi"].startswith("3.0") else OAS31Validator
            self._validators[pointer] = kind({"$ref": f"urn:api#{fragment}"}, registry=self._registry)
        return self._validators[pointer]


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An enum of a nullable property holds null: the description means it so and does not write it."""
    if schema.get("nullable") is True and isinstance(schema.get("enum"), list):
        return {**schema, "enum": [*schema["enum"], None]}
    return schema


def _pattern(path: str) -> str:
    steps = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
    # Only the path of a file may hold slashes.
    return steps + "(?:/[^/]+)*" if path.endswith("/contents/{path}") else steps


def _flat_names(schema: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, each in schema.get("properties", {}).items():
        inner = f"{prefix}[{name}]" if prefix else name
        yield inner
        yield from _flat_names(each, inner)


def descriptions(platform: Path) -> dict[str, Description]:
    """The descriptions that are at hand."""
    files = {service: platform / f"{service}-openapi.json" for service in PATHS_NOT_DESCRIBED}
    return {service: Description(service, file) for service, file in files.items() if file.is_file()}
