"""Which URLs and addresses may be fetched."""

from __future__ import annotations

import pytest

from watchers.guard import Guard, Refused

SITE = "sec.example"
LOOPBACK = "127.0.0.1"


@pytest.mark.parametrize(
    "url",
    [
        "https://sec.example/",
        "http://SEC.example./page?a=b#c",
        "https://www.news.example/x",
        "https://news.example/",
        "http://127.0.0.1:8080/",
        "http://[::1]:9000/",
    ],
)
def test_a_listed_host_passes(url: str) -> None:
    Guard([SITE, ".news.example", "127.0.0.1:8080", "[::1]:9000"]).url(url)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://other.example/", "SECBOT_ALLOW_HOSTS"),
        ("https://sec.example.evil.example/", "SECBOT_ALLOW_HOSTS"),
        ("https://xsec.example/", "SECBOT_ALLOW_HOSTS"),
        ("https://www.sec.example/", "SECBOT_ALLOW_HOSTS"),
        ("http://127.0.0.1:8081/", "SECBOT_ALLOW_HOSTS"),
        ("http://10.0.0.1/", "SECBOT_ALLOW_HOSTS"),
        ("http://[::ffff:127.0.0.1]:8080/", "SECBOT_ALLOW_HOSTS"),
        ("http://[64:ff9b::7f00:1]/", "SECBOT_ALLOW_HOSTS"),
        ("http://127.1:8080/", "form"),
        ("http://0x7f000001:8080/", "form"),
        ("http://2130706433:8080/", "form"),
        ("http://0177.0.0.1:8080/", "not a URL"),
        ("https://sec.example:x/", "not a URL"),
        ("https://user:secret@sec.example/", "password"),
        ("https://sec.example@evil.example/", "password"),
        ("file:///etc/passwd", "http"),
        ("ftp://sec.example/", "http"),
        ("gopher://sec.example/", "http"),
        ("sec.example/page", "http"),
        ("//sec.example/page", "http"),
        ("http:///page", "names no host"),
        ("", "http"),
    ],
)
def test_any_other_url_is_refused_with_a_reason(url: str, why: str) -> None:
    guard = Guard([SITE, "127.0.0.1:8080", "", " "])
    with pytest.raises(Refused, match=why):
        guard.url(url)


PRIVATE = [
    "127.0.0.1",
    "127.255.0.9",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_listed_name_that_leads_out_of_the_internet_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="no address of the public Internet"):
        Guard([SITE]).address(SITE, 443, address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:4700::6810:84e5", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_a_public_address_passes(address: str) -> None:
    Guard([SITE]).address(SITE, 443, address)


def test_a_private_address_passes_where_it_is_listed_itself() -> None:
    Guard([LOOPBACK]).address(LOOPBACK, 8080, LOOPBACK)
    Guard(["intranet.example", "10.0.0.5"]).address("intranet.example", 443, "10.0.0.5")
    with pytest.raises(Refused, match=r"put 10\.0\.0\.6 on"):
        Guard(["intranet.example", "10.0.0.5"]).address("intranet.example", 443, "10.0.0.6")


def test_localhost_means_this_machine_and_no_other() -> None:
    Guard(["localhost"]).address("localhost", 80, "::1")
    with pytest.raises(Refused):
        Guard(["localhost"]).address("localhost", 80, "10.0.0.1")


def test_an_entry_may_be_written_as_a_url() -> None:
    Guard(["https://sec.example/news/"]).url("https://sec.example/")
