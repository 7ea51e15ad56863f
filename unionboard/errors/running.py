"""The server on this computer."""

from unionboard.errors import Refusal


class CannotListen(Refusal):
    sentence = "Nothing can listen on {address}, port {port}. Use an address of this computer and a port above 1023."


class NoFreePort(Refusal):
    sentence = "All ports from {first} to {last} are in use. Name another one, as --port 9000."
