"""Which addresses bfbot connects to."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.http.addresses import AddressRefused, check_scheme, is_private_host, is_public, look_up


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "1.1.1.1"])
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "0.0.0.0", "255.255.255.255"),
        *("100.64.0.1", "192.88.99.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
        *("2002:7f00:1::1", "2001:0:53aa:64c::1", "not an address"),
    ],
)
def test_everything_else_is_refused(address: str) -> None:
    assert not is_public(address)


@given(
    st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7") | st.ip_addresses(network="::/8")
)
def test_no_private_address_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    assert not is_public(str(address))


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_what_it_maps(address: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))


@pytest.mark.parametrize(
    "host", ["2130706433", "127.1", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "localhost"]
)
def test_odd_spellings_of_this_computer_are_refused_where_the_socket_opens(host: str) -> None:
    with pytest.raises(AddressRefused, match="inside a network"):
        look_up(host, 443, frozenset())


def test_a_host_the_team_named_is_reached_and_only_on_its_port() -> None:
    named = frozenset({"LOCALHOST:8081"})
    assert all(not is_public(one.sockaddr[0]) for one in look_up("localhost", 8081, named))
    with pytest.raises(AddressRefused):
        look_up("localhost", 8082, named)
    # The name counts: what merely resolves to a named address is not named.
    assert not is_private_host("127.0.0.1", 8081, named)


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "..", "xn--\ud800"])
def test_names_that_cannot_exist_are_refused(host: str) -> None:
    with pytest.raises(OSError, match=r"."):
        look_up(host, 443, frozenset())


@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "javascript", ""])
def test_other_schemes_are_refused(scheme: str) -> None:
    with pytest.raises(AddressRefused, match="opens https"):
        check_scheme(scheme, "news.example", 443, frozenset())


def test_plain_http_is_for_named_hosts_alone() -> None:
    check_scheme("http", "intranet.example", 80, frozenset({"intranet.example:80"}))
    with pytest.raises(AddressRefused, match="plain http"):
        check_scheme("http", "intranet.example", 81, frozenset({"intranet.example:80"}))
