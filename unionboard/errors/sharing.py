"""Letting phones in."""

from unionboard.errors import Refusal


class NoNetwork(Refusal):
    sentence = "This computer is in no network. Connect it to the Wi-Fi the phones are in, then share again."


class NoPortToShare(Refusal):
    sentence = "The ports {first} to {last} of this computer are all in use. Close other programs, then share again."
