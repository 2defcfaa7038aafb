"""What is known of each format's strings: all match `within`, all that match `inside` are in it.

A format is a set of strings that no pattern describes exactly. A proof uses `within` (nothing outside
it has the format), an example is taken from `inside` or `samples`. `within` is as wide as the widest
reading in use: the `jsonschema` library takes any string with an @ for an e-mail address.
"""

from __future__ import annotations

from dataclasses import dataclass

_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE_IN = "[0-9]{3}[1-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
_TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
_TIME_IN = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
_OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_POINTER = "(/([^~/]|~[01])*)*"
_LABEL_IN = "[a-z]([a-z0-9]{0,10}[a-z0-9])?"
_HOST_IN = f"{_LABEL_IN}\\.{_LABEL_IN}"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: a pattern that all its strings match, one whose strings all have it, strings known to have
    it, formats that its strings have as well, and strings known not to have it."""

    within: str = ""
    inside: str = "^$a"
    samples: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


FORMATS: dict[str, Format] = {
    "date": Format(f"^{_DATE}$", f"^{_DATE_IN}$", ("2024-02-29", "2026-01-31")),
    "time": Format(f"^{_TIME}$", f"^{_TIME_IN}$", ("10:30:00Z",)),
    "date-time": Format(f"^{_DATE}[Tt ]{_TIME}$", f"^{_DATE_IN}T{_TIME_IN}$", ("2026-01-31T10:30:00Z",)),
    "duration": Format("^P.*[0-9].*$", "^P[1-9][0-9]{0,3}[DMY]$", ("P1D", "PT1H")),
    "email": Format("@", f"^[a-z]{{1,20}}@{_HOST_IN}$", ("name@example.org",), ("idn-email",)),
    "idn-email": Format("@", f"^[a-z]{{1,20}}@{_HOST_IN}$", ("name@example.org",)),
    "hostname": Format("^[^ /?#@:]+$", f"^{_HOST_IN}$", ("example.org",), ("idn-hostname",)),
    "idn-hostname": Format("^[^ /?#@]*$", f"^{_HOST_IN}$", ("example.org",)),
    "ipv4": Format(f"^({_OCTET}\\.){{3}}{_OCTET}$", f"^({_OCTET}\\.){{3}}{_OCTET}$", ("192.0.2.1",)),
    "ipv6": Format("^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$", "^::[1-9a-f][0-9a-f]{0,3}$", ("2001:db8::1",)),
    "uri": Format(
        "^[A-Za-z][A-Za-z0-9+.-]*:[^ ]*$",
        f"^https?://{_HOST_IN}(/[a-z0-9]{{0,20}}){{0,3}}$",
        ("https://example.org", "urn:example:a"),
        ("uri-reference", "iri", "iri-reference"),
    ),
    "iri": Format(
        "^[A-Za-z][A-Za-z0-9+.-]*:[^ ]*$",
        f"^https?://{_HOST_IN}(/[a-z0-9]{{0,20}}){{0,3}}$",
        ("https://example.org",),
        ("iri-reference",),
    ),
    "uri-reference": Format("^[^ ]*$", "^[a-z0-9/]*$", ("/a", "https://example.org"), ("iri-reference",)),
    "iri-reference": Format("^[^ ]*$", "^[a-z0-9/]*$", ("/a", "https://example.org")),
    "uri-template": Format("", "^[a-z0-9/]*$", ("/a/{b}",), (), ("{",)),
    "uuid": Format(
        "^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$",
        "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$",
        ("00000000-0000-4000-8000-000000000000",),
    ),
    "json-pointer": Format(f"^{_POINTER}$", f"^{_POINTER}$", ("", "/a")),
    "relative-json-pointer": Format(f"^[0-9]+(#|{_POINTER})$", f"^(0|[1-9][0-9]{{0,5}})(#|{_POINTER})$", ("0", "1/a")),
    "regex": Format("", "^[a-z0-9]*$", ("^a$",), (), ("(",)),
}
ANY = Format("", "^$a", ())
"""A format of which nothing is known."""
