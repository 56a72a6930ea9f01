"""Which URLs and addresses may be fetched.

A URL passes when it is http or https, carries no credentials and its host is on the allow-list. An address passes when
it is a public one, or on the list itself: so "127.0.0.1:8080" lets that server be fetched, while a listed name whose
DNS suddenly points into a private network is refused.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NOT_THE_INTERNET = (
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # NAT64 of a local network
    ipaddress.IPv6Network("::/96"),  # IPv4-compatible, long deprecated
    ipaddress.IPv6Network("fec0::/10"),  # site-local, long deprecated
)
_PORTS = {"http": 80, "https": 443}


class Refused(Exception):
    """A URL or address that may not be fetched; the message says why, and how to allow it where that makes sense."""


@dataclass(frozen=True, slots=True)
class _Entry:
    host: str
    port: int | None = None

    def allows(self, host: str, port: int) -> bool:
        if self.port not in (None, port):
            return False
        return host == self.host or (self.host.startswith(".") and f".{host}".endswith(self.host))


class Guard:
    """Says no by raising `Refused`."""

    def __init__(self, allow_hosts: Iterable[str]) -> None:
        """Take the allow-list: "example.org", ".example.org" with its subdomains, "127.0.0.1:8080" on that port."""
        self._allowed = tuple(entry for one in allow_hosts if (entry := _entry(one)).host.strip("."))

    def url(self, url: str) -> httpx.URL:
        """Return a URL that may be fetched.

        Raises:
            Refused: it may not.
        """
        try:
            parsed = httpx.URL(url)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise Refused(f"“{url[:200]}” is not a URL ({error}).") from error
        if parsed.scheme not in _PORTS:
            raise Refused(f"Only http and https are fetched, not {parsed.scheme or 'a URL without a scheme'}.")
        if parsed.userinfo:
            raise Refused("A URL with a user name or password in it is not fetched.")
        self._host(_plain(parsed.raw_host.decode("ascii")), parsed.port or _PORTS[parsed.scheme])
        return parsed

    def address(self, host: str, port: int, address: str) -> None:
        """Check an address that a host's name leads to, just before it is connected to.

        Raises:
            Refused: it is none of the public Internet and not on the list itself.
        """
        host = _plain(host)
        self._host(host, port)
        ip = ipaddress.ip_address(address)
        if _is_public(ip) or any(entry.allows(str(ip), port) for entry in self._allowed):
            return
        if ip.is_loopback and (host == "localhost" or host.endswith(".localhost")):
            return
        raise Refused(
            f"{host} leads to {ip}, which is no address of the public Internet. "
            f"If that is meant, put {ip} on SECBOT_ALLOW_HOSTS."
        )

    def _host(self, host: str, port: int) -> None:
        if not host:
            raise Refused("The URL names no host.")
        if _is_disguised(host):
            raise Refused(f"{host} is an address in a form that is not fetched.")
        if not any(entry.allows(host, port) for entry in self._allowed):
            raise Refused(f"{host} is not a host that may be fetched. If it is meant, put it on SECBOT_ALLOW_HOSTS.")


def _entry(given: str) -> _Entry:
    """Read an entry of the allow-list; a scheme and a path before and after the host are let pass."""
    plain = re.sub(r"^https?://|/.*$", "", given.strip())
    match = re.fullmatch(r"(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?", plain)
    host, port = (match[1], match[2]) if match else (plain, None)
    return _Entry(_plain(host), int(port) if port else None)


def _plain(host: str) -> str:
    """Return a host in the form that hosts are compared in."""
    bare = host.strip().strip("[]").rstrip(".").lower()
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        return bare


def _is_disguised(host: str) -> bool:
    """Whether a host is an address that programs read in different ways: 127.1, 0x7f000001, 2130706433."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(re.fullmatch(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)", host)) or "%" in host or ":" in host
    return "%" in host


def _is_public(ip: Address) -> bool:
    if isinstance(ip, ipaddress.IPv6Address):
        if any(ip in network for network in _NOT_THE_INTERNET):
            return False
        if inner := _within(ip):
            return _is_public(inner)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local)


def _within(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for: mapped, NAT64, 6to4 or Teredo."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
