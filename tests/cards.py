"""The cards of the check-offs, by what they were given to draw: what may be pressed on them, and what the browser then sends."""

from collections.abc import Mapping
from typing import Any


def list_acts(drawn: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What may be pressed on the cards ``drawn`` shows: the act it sends, by the key of its button (``tick_12``, ``undo_12`` …)."""
    acts: dict[str, dict[str, Any]] = {}
    for part in drawn["parts"]:
        for card in part["cards"]:
            id_, tick, more = card["id"], card.get("tick", {}), card.get("more", {})
            acts[f"title_card_{id_}"] = {"do": "open", "id": id_}
            if tick.get("kind") in ("tick", "log"):
                acts[f"{tick['kind']}_{id_}"] = {"do": "tick", "id": id_, "part": part["part"], "turn": tick.get("turn")}
            if "undo" in card:
                acts[f"undo_{id_}"] = {"do": "undo", "id": id_, **card["undo"]}
            if "day" in more:
                acts[f"details_{id_}"] = {"do": "details", "id": id_, "record": more["record"]}
            if "again" in more:
                acts[f"again_{id_}"] = {"do": "tick", "id": id_, "part": part["part"], "turn": more["again"]["turn"]}
        if part["more"]:
            acts[f"more_{part['part']}"] = {"do": "more", "part": part["part"]}
    return {key: {"n": drawn["step"] + 1, **act} for key, act in acts.items()}
