"""Where a request comes from, as far as one may count by it."""

import ipaddress
from functools import lru_cache

_IPV6_NETWORK = 64  # one household or server has as many addresses as it likes below it


@lru_cache(maxsize=4096)
def network(address: str) -> str:
    """What stands for everybody behind one address.

    >>> network("198.51.100.7"), network("2001:db8::1:2:3:4")
    ('198.51.100.7', '2001:db8::/64')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), _IPV6_NETWORK), strict=False))
    return str(found)
