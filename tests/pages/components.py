"""What our components were given to draw, and what they send when people press in them: AppTest can do neither."""

import json
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from tests.cards import list_acts


def find_drawn(at: AppTest, name: str) -> Any:
    """The protobuf of the component ``unionboard_<name>``; there is one on the page."""
    (found,) = (one.proto for one in at.get("bidi_component") if one.proto.component_name == f"unionboard_{name}")
    return found


def read_drawn(at: AppTest, name: str) -> dict[str, Any]:
    """What it draws."""
    data: dict[str, Any] = json.loads(find_drawn(at, name).json)
    return json.loads(data["json"]) if set(data) == {"json"} else data


def send(at: AppTest, name: str, **state: Any) -> AppTest:
    """A run after the component set these states of its own."""
    states = at._tree.get_widget_states()
    states.widgets.append(WidgetState(id=find_drawn(at, name).id, json_value=json.dumps(state)))
    at._run(states)
    return at


def list_pressable(at: AppTest) -> set[str]:
    """The keys of everything that can be pressed on the cards of the check-offs; none on other pages."""
    shown = any(one.proto.component_name == "unionboard_cards" for one in at.get("bidi_component"))
    return set(list_acts(read_drawn(at, "cards"))) if shown else set()


def press(at: AppTest, key: str) -> AppTest:
    """A run after ``key`` was pressed on the cards."""
    return send(at, "cards", acts=[list_acts(read_drawn(at, "cards"))[key]])
