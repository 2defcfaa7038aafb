"""Requests to public addresses alone: a name is looked up once, and the connection goes where it was looked up."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from bot.adapters.time_limit import TimeLimit

Permitted: TypeAlias = Callable[[str], bool]
"""Whether an IP address may be asked."""


class NotPublic(Exception):
    """A name that leads to an address that may not be asked: of this machine, of a network of its own, of a cloud's
    inner services."""


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet. Those that wrap another address are not."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        special = found not in _GIVEN_OUT or any(found in each for each in _SPECIAL_6)
    else:
        special = any(found in each for each in _SPECIAL_4)
    return found.is_global and not found.is_multicast and not special


# What is no public server though the library, or an older one, calls it global (the registries of special addresses).
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
"""All that is given out of IPv6 as yet. Outside are the addresses that wrap those of IPv4, and sites' own."""
_SPECIAL_6 = [ipaddress.IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_SPECIAL_4 = [ipaddress.IPv4Network(each) for each in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")]
"""The last is what a cloud serves its machines by, credentials among it."""


def session(permitted: Permitted, limit: TimeLimit) -> requests.Session:
    """A session that asks permitted addresses alone, by no proxy, with no credentials of this machine."""
    made = requests.Session()
    made.trust_env = False
    adapter = _Guarded(permitted, limit)
    for scheme in ("https://", "http://"):
        made.mount(scheme, adapter)
    return made


class _Guarded(HTTPAdapter):
    def __init__(self, permitted: Permitted, limit: TimeLimit) -> None:
        self._permitted, self._limit = permitted, limit
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: object, **settings: object) -> None:
        """Make the pools that connect as this adapter permits."""
        super().init_poolmanager(*arguments, **settings)  # type: ignore[arg-type]
        self.poolmanager.pool_classes_by_scheme = _pools(self._permitted, self._limit)


def _pools(permitted: Permitted, limit: TimeLimit) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections look a name up themselves, and refuse it where it leads anywhere else."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, permitted, limit)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connected(self, permitted, limit)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _connected(connection: HTTPConnection, permitted: Permitted, limit: TimeLimit) -> socket.socket:
    try:
        look_up = partial(socket.getaddrinfo, connection.host, connection.port, type=socket.SOCK_STREAM)
        found = limit.answer(look_up)
    except (socket.gaierror, UnicodeError, TimeoutError) as problem:
        raise NameResolutionError(connection.host, connection, socket.gaierror(str(problem))) from problem
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(map(permitted, addresses)):
        raise NotPublic(connection.host)
    try:
        made = create_connection(
            (addresses[0], connection.port), connection.timeout, socket_options=connection.socket_options
        )
    except OSError as problem:
        raise NewConnectionError(connection, "it cannot be reached") from problem
    limit.watch(made)
    return made
