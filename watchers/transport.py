"""Connections that are checked as they are made: to the very address that the guard saw, whatever DNS says next."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterable

import httpcore
import httpx

from watchers.guard import Guard, Refused

Resolve = Callable[[str, int], list[str]]
"""Gives the addresses of a host's name; raises OSError where it has none."""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over connections that the guard lets through. HTTP/1.1, no proxy."""

    def __init__(self, guard: Guard, resolve: Resolve, verify: ssl.SSLContext, connections: int) -> None:
        """Open at most `connections` at a time."""
        super().__init__(verify=verify, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=verify,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=5.0,
            network_backend=_CheckedNetwork(guard, resolve),
        )


class _CheckedNetwork(httpcore.AsyncNetworkBackend):
    def __init__(self, guard: Guard, resolve: Resolve) -> None:
        self._guard = guard
        self._resolve = resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check, connect. TLS still asks for the host by its name."""
        failed: Exception = Refused(f"{host} has no address.")
        for address in await self._addresses(host, port):
            try:
                self._guard.address(host, port, address)
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (Refused, httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    async def _addresses(self, host: str, port: int) -> list[str]:
        try:
            return await _in_thread(self._resolve, host.strip("[]"), port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} could not be resolved") from error

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def _in_thread(resolve: Resolve, host: str, port: int) -> list[str]:
    """Resolve without blocking, in a thread that nobody waits for: a dead DNS server must not hold up the end."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[str]] = loop.create_future()

    def settle(result: list[str] | Exception) -> None:
        if future.done():
            return
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)

    def work() -> None:
        try:
            result: list[str] | Exception = resolve(host, port)
        except (OSError, UnicodeError) as error:
            result = error
        try:
            loop.call_soon_threadsafe(settle, result)
        except RuntimeError:  # the loop has ended meanwhile
            return

    threading.Thread(target=work, name=f"resolve {host}", daemon=True).start()
    return await future
