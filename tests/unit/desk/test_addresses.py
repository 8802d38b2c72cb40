"""Whoever has many addresses is counted as one."""

import pytest

from jawab.desk.addresses import network


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:0:1::7", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:9:9:9:9", "2001:db8:0:1::/64"),
        ("", "unknown"),
        ("testclient", "unknown"),
    ],
)
def test_an_address_stands_for_its_network(address, group):
    assert network(address) == group
