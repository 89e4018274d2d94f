"""Where a fact was published: official addresses and others.

Official is gov.cn with its subdomains, on which the government of China publishes; all else is
secondary.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pandas as pd

from pilotzones.atlas.violations import Violation, line_of

OFFICIAL = "gov.cn"
# hosts that serve pages of others as their own, some on addresses that were taken over
COPIES = ("0t69.cn", "kksjwx4.cn", "pouringspot.com")


def host_of(address: str) -> str:
    """Return the host of an address."""
    return urlsplit(address).hostname or ""


def is_official(address: str) -> bool:
    """Whether an address is official.

    Examples
    --------
    >>> is_official("https://www.sm.gov.cn/a"), is_official("https://gov.cn.example.org/a")
    (True, False)
    """
    return _lies_on(address, OFFICIAL)


def official_sources(addresses: str) -> str:
    """Keep the official addresses of a list, separated by spaces."""
    return " ".join(filter(is_official, addresses.split()))


def broken_sources(table: pd.DataFrame, file: str, column: str) -> Iterator[Violation]:
    """Find lists of addresses with a copy in them, or with an official one behind another."""
    for row, listed in table[column].items():
        kinds = {address: is_official(address) for address in listed.split()}
        for address in kinds:
            if any(_lies_on(address, host) for host in COPIES):
                rule = "must not lie on a host that serves copies; give the original, or nothing"
                yield Violation(file, line_of(row), column, address, rule)
        if [*kinds.values()] != sorted(kinds.values(), reverse=True):
            rule = f"addresses on {OFFICIAL} and its subdomains, which are official, come first"
            yield Violation(file, line_of(row), column, listed, rule)


def unofficial(table: pd.DataFrame, file: str, column: str) -> Iterator[Violation]:
    """Find addresses that should be official and are not; an empty one may be."""
    for row, address in table[column].items():
        if address and not is_official(address):
            rule = f"must lie on {OFFICIAL} or a subdomain; put others among the sources"
            yield Violation(file, line_of(row), column, address, rule)


def _lies_on(address: str, host: str) -> bool:
    return f".{host_of(address)}".endswith(f".{host}")
