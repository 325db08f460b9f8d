"""Which URLs may be asked, and which addresses are public."""

import ipaddress

import pytest

from tako_server.engine.egress import Egress, EgressRefused, is_public
from tests.engine.support import manifest


@pytest.mark.parametrize(
    "url",
    [
        "http://api.acme.test/",
        "https://api.acme.test:8443/",
        "https://user@api.acme.test/",
        "https://user:word@api.acme.test/",
        "https://other.test/",
        "https://sub.api.acme.test/",
        "https://api.acme.test.evil.test/",
        "https://api.acme.test\\@evil.test/",
        "https://api.acme.test/a b",
        "https://[::1/",
        "https://api.acme.test:port/",
        "https:///x",
        "gopher://api.acme.test/",
        "",
    ],
)
def test_urls_that_are_never_asked(url: str) -> None:
    with pytest.raises(EgressRefused) as refused:
        Egress().check_url(manifest("api.acme.test"), url)
    assert "word" not in str(refused.value)


@pytest.mark.parametrize("url", ["https://api.acme.test/x?y=z", "https://API.acme.test:443/", "https://api.acme.test"])
def test_urls_that_are_asked(url: str) -> None:
    Egress().check_url(manifest("api.acme.test"), url)


@pytest.mark.parametrize(
    ("url", "is_asked"),
    [
        ("https://ia800.us.acme.test/x", True),
        ("https://a.b.us.acme.test/x", True),
        ("https://us.acme.test/x", False),
        ("https://evilus.acme.test/x", False),
        ("https://ia800.us.acme.test.evil.test/x", False),
        ("http://ia800.us.acme.test/x", False),
    ],
)
def test_hosts_below_a_name(url: str, is_asked: bool) -> None:
    facts = manifest("api.acme.test", host_suffixes=(".us.acme.test",))
    if is_asked:
        Egress().check_url(facts, url)
    else:
        with pytest.raises(EgressRefused):
            Egress().check_url(facts, url)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:8.8.8.8"])
def test_an_address_in_the_manifest_opens_nothing(host: str) -> None:
    url = f"https://[{host}]/" if ":" in host else f"https://{host}/"
    with pytest.raises(EgressRefused, match="not a public address"):
        Egress().check_url(manifest(host), url)


PRIVATE = """
0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.8.8.8 169.254.169.254 172.16.0.1 192.0.2.1 192.168.1.1 198.18.0.1 224.0.0.1
239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:8.8.8.8 ::ffff:127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 2001:db8::1
2002:7f00:1:: 2001:0:7f00:1:: fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
