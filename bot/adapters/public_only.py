"""Requests to public addresses alone: a name is looked up once, and the connection goes where it was looked up."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import TypeAlias

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

Permitted: TypeAlias = Callable[[str], bool]
"""Whether an IP address may be asked."""


class NotPublic(Exception):
    """A name that leads to an address that may not be asked: of this machine, of a network of its own, of a cloud's
    inner services."""


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet. Those that wrap another address are not."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        wraps = found.ipv4_mapped or found.sixtofour or found.teredo or found in _TRANSLATED
        if wraps:
            return False
    return found.is_global and not found.is_multicast


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def session(permitted: Permitted = is_public) -> requests.Session:
    """A session that asks permitted addresses alone, by no proxy, with no credentials of this machine."""
    made = requests.Session()
    made.trust_env = False
    adapter = _Guarded(permitted)
    for scheme in ("https://", "http://"):
        made.mount(scheme, adapter)
    return made


class _Guarded(HTTPAdapter):
    def __init__(self, permitted: Permitted) -> None:
        self._permitted = permitted
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: object, **settings: object) -> None:
        """Make the pools that connect as this adapter permits."""
        super().init_poolmanager(*arguments, **settings)  # type: ignore[arg-type]
        self.poolmanager.pool_classes_by_scheme = _pools(self._permitted)


def _pools(permitted: Permitted) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections look a name up themselves, and refuse it where it leads anywhere else."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, permitted)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, permitted)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _connected(connection: HTTPConnection, permitted: Permitted) -> socket.socket:
    try:
        found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as problem:
        raise NameResolutionError(connection.host, connection, socket.gaierror(str(problem))) from problem
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(map(permitted, addresses)):
        raise NotPublic(connection.host)
    try:
        return create_connection(
            (addresses[0], connection.port), connection.timeout, socket_options=connection.socket_options
        )
    except OSError as problem:
        raise NewConnectionError(connection, "it cannot be reached") from problem
