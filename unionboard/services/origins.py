"""From where somebody comes: this computer, a phone that scanned the code, another machine in the network. The gate finds out."""

from collections.abc import Mapping
from enum import StrEnum

from unionboard.config import ADDRESS_HEADER, FROM_HEADER
from unionboard.models import AccountRole
from unionboard.services.guard import LOCAL_ROLES, NOBODY, THIS_COMPUTER, Actor

_LONGEST = 45  # an IPv6 address that holds an IPv4 one


class Way(StrEnum):
    LOCAL = "local"
    PHONE = "phone"
    NETWORK = "network"


def read_way(headers: Mapping[str, str]) -> tuple[Way, str]:
    """What the gate wrote on a connection: the way and the address. Nothing, or anything unknown, is the network: it may do least."""
    told = headers.get(FROM_HEADER, "")
    way = Way(told) if told in set(Way) else Way.NETWORK
    return way, headers.get(ADDRESS_HEADER, "")[:_LONGEST]


def tell_origin(way: Way, address: str) -> str:
    """What the change log says of from where: ``this computer``, ``phone 10.0.0.7``, ``10.0.0.7``."""
    if way is Way.LOCAL:
        return THIS_COMPUTER
    return f"{way.value} {address}".strip() if way is Way.PHONE or not address else address


def open_actor(way: Way, address: str) -> Actor:
    """Who acts as long as there are no accounts: whoever sits at this computer may do all of it, a phone may tick off, others nothing."""
    if way is Way.LOCAL:
        return Actor(roles=LOCAL_ROLES, origin=THIS_COMPUTER)
    if way is Way.PHONE:
        return Actor(roles=frozenset({AccountRole.COMMITTEE}), origin=tell_origin(way, address))
    return NOBODY
