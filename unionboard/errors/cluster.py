"""Several processes behind one address."""

from unionboard.errors import Refusal


class NotInstalled(Refusal):
    sentence = "{program} is not on this computer. On Debian and Ubuntu: sudo apt install {package}"


class PortTaken(Refusal):
    sentence = "Port {port} is in use. Stop the program that uses it, or name another port."


class DidNotStart(Refusal):
    sentence = "{program} did not start. What it said stands in {log}."


class NoCluster(Refusal):
    sentence = "No cluster runs on the data in {folder}. Start one first: make cluster"


class ClusterRuns(Refusal):
    sentence = "A cluster runs on the data in {folder} already (process {pid}). Stop it first: Ctrl-C where it was started."


class UpgradeFailed(Refusal):
    sentence = "The new version did not come up, so the old one goes on. What it said stands in {log}."
