"""What this machine is called in its networks, and what answers on its ports."""

import json
import socket
import urllib.error
import urllib.request
from contextlib import suppress
from ipaddress import ip_address

_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a school's proxy does not know our own ports
PROGRAM = "unionboard"  # what /healthz says of itself
_FAR = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254")
"""Where a packet to each would leave from names our own addresses; connecting a datagram socket sends nothing."""


def list_addresses() -> tuple[str, ...]:
    """This machine's IPv4 addresses in networks, the one ordinary packets leave from first; none without a network. Asks nobody outside."""
    found: dict[str, None] = {}
    for far in _FAR:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
            probe.connect((far, 9))
            found[probe.getsockname()[0]] = None
    with suppress(OSError):
        found |= dict.fromkeys(socket.gethostbyname_ex(socket.gethostname())[2])
    addresses = [ip_address(text) for text in found]
    usable = [address for address in addresses if not (address.is_loopback or address.is_link_local or address.is_unspecified)]
    return tuple(map(str, usable))


def ask_health(port: int, *, address: str = "127.0.0.1", timeout_s: float = 2) -> str | None:
    """The version of Unionboard that answers on ``port`` of this computer; None when nothing does, or something else."""
    host = f"[{address}]" if ":" in address else address
    try:
        with _DIRECTLY.open(f"http://{host}:{port}/healthz", timeout=timeout_s) as answer:
            told = json.load(answer)
            return str(told["version"]) if told["program"] == PROGRAM else None
    except (OSError, ValueError, KeyError, TypeError, urllib.error.URLError):
        return None
