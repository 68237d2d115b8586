"""A browser tab as Streamlit's server sees it: websocket and messages, without a browser.

It does what Streamlit's own front end does with the messages that cost the server something: it
keeps the value of every widget and sends all of them with each rerun, names the fragment a widget
stands in, follows the address the app sets, and remembers large messages for two runs, so that
the server may answer with their hash alone.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

_TIMEOUT_S = 60.0
_MESSAGE_AGE = 2
"""Runs a message is remembered without being used, Streamlit's ``maxCachedMessageAge``."""


@dataclass(frozen=True, slots=True)
class Run:
    """One script run as its user lived it.

    Attributes
    ----------
    seconds : float
        From sending the request to the last message.
    received : int
        Bytes of all messages.
    faults : tuple of str
        What an exception or an error box said; empty when all went well.
    said : tuple of str
        What green boxes said: what the app acknowledged.
    """

    seconds: float
    received: int
    faults: tuple[str, ...]
    said: tuple[str, ...] = ()


@dataclass(slots=True)
class _Remembered:
    delta: Delta
    used_in_run: int


class Tab:
    """One open page; see :func:`open_tab`."""

    def __init__(self, connection: ClientConnection, page: str, query: str) -> None:
        self._connection = connection
        self._page = page
        self._query = query
        self._states: dict[str, WidgetState] = {}
        self._shown: dict[str, tuple[Element, str]] = {}
        self._remembered: dict[str, _Remembered] = {}
        self._runs = 0

    async def load(self) -> Run:
        """Ask for the page for the first time."""
        return await self._run(fragment="")

    async def change(self, key: str, decide: Callable[[Element, WidgetState], None]) -> Run:
        """Change a widget and wait until the app has answered.

        Parameters
        ----------
        key : str
            The widget's key in the app, or the name of a component.
        decide : callable
            Writes the new value into the widget's state.

        Raises
        ------
        KeyError
            If the page shows no such widget.
        """
        self.fill(key, decide)
        return await self._run(self._shown[key][1])

    def fill(self, key: str, decide: Callable[[Element, WidgetState], None]) -> None:
        """Change a widget of a form: nobody hears of it before the form is submitted."""
        element, _ = self._shown[key]
        state = _default_state(element)
        state.CopyFrom(self._states.get(state.id, state))
        decide(element, state)
        self._states[state.id] = state

    async def press(self, key: str) -> Run:
        """Press a button and wait until the app has answered."""
        element, fragment = self._shown[key]
        pressed = _default_state(element)
        pressed.trigger_value = True
        self._states[pressed.id] = pressed
        try:
            return await self._run(fragment)
        finally:
            self._states.pop(pressed.id, None)

    async def go(self, page: str) -> Run:
        """Open another page of the app in the same session, as its navigation does."""
        self._page, self._query = page, ""
        return await self._run(fragment="")

    def shows(self, key: str) -> bool:
        """Tell whether the page shows a widget."""
        return key in self._shown

    def find(self, start: str) -> str | None:
        """Return the key of the last widget shown whose key begins so; ``None`` if none does."""
        return next((key for key in reversed(self._shown) if key.startswith(start)), None)

    async def _run(self, fragment: str) -> Run:
        self._runs += 1
        request = BackMsg()
        rerun = request.rerun_script
        rerun.query_string = self._query
        rerun.page_name = self._page
        rerun.fragment_id = fragment
        rerun.widget_states.widgets.extend(self._states.values())
        rerun.cached_message_hashes.extend(self._remembered)
        rerun.context_info.timezone = "Asia/Ho_Chi_Minh"
        rerun.context_info.locale = "vi-VN"
        rerun.context_info.color_scheme = "light"
        if not fragment:
            self._shown.clear()
        start = time.perf_counter()
        await self._connection.send(request.SerializeToString())
        received, faults, said = await self._read_answer()
        seconds = time.perf_counter() - start
        if not fragment:
            # A browser forgets the widgets a whole run no longer shows.
            there = {_default_state(element).id for element, _ in self._shown.values()}
            self._states = {key: kept for key, kept in self._states.items() if key in there}
        self._remembered = {
            name: kept
            for name, kept in self._remembered.items()
            if self._runs - kept.used_in_run < _MESSAGE_AGE
        }
        return Run(seconds, received, tuple(faults), tuple(said))

    async def _read_answer(self) -> tuple[int, list[str], list[str]]:
        received, faults, said = 0, list[str](), list[str]()
        while True:
            packed = await asyncio.wait_for(self._connection.recv(decode=False), _TIMEOUT_S)
            received += len(packed)
            message = ForwardMsg.FromString(packed)
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    faults.append("the script does not compile")
                # A run may stop early because the app itself asks for the next one.
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return received, faults, said
            elif kind == "page_info_changed":
                self._query = message.page_info_changed.query_string
            elif kind == "ref_hash":
                kept = self._remembered[message.ref_hash]
                kept.used_in_run = self._runs
                self._show(kept.delta, faults, said)
            elif kind == "delta":
                if message.metadata.cacheable:
                    self._remembered[message.hash] = _Remembered(message.delta, self._runs)
                self._show(message.delta, faults, said)

    def _show(self, delta: Delta, faults: list[str], said: list[str]) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            faults.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            faults.append(element.alert.body)
        elif kind == "alert" and element.alert.format == Alert.SUCCESS:
            said.append(element.alert.body)
        state = _default_state(element)
        if not state.id:
            return
        name = (
            element.component_instance.component_name
            if kind == "component_instance"
            # "$$ID-<hash>-<key>": the key itself may hold hyphens.
            else state.id.split("-", 2)[-1]
        )
        self._shown[name] = (element, delta.fragment_id)
        set_by_app = bool(getattr(getattr(element, str(kind)), "set_value", False))
        if state.WhichOneof("value") and (set_by_app or state.id not in self._states):
            self._states[state.id] = state


@asynccontextmanager
async def open_tab(
    port: int,
    page: str,
    query: str = "",
    *,
    host: str = "",
    secure: ssl.SSLContext | None = None,
    headers: Mapping[str, str] | None = None,
) -> AsyncIterator[Tab]:
    """Open a page of the app on 127.0.0.1 in a session of its own.

    Parameters
    ----------
    port : int
    page : str
        The last part of the page's address.
    query : str
        What stands behind the question mark.
    host : str, optional
        Name and port the browser believes it speaks to, where another server stands in front.
    secure : ssl.SSLContext, optional
        For TLS.
    headers : mapping, optional
        Further headers, such as cookies.
    """
    named = host or f"127.0.0.1:{port}"
    plain = "s" if secure else ""
    async with connect(
        f"ws{plain}://{named}/_stcore/stream",
        host="127.0.0.1",
        port=port,
        origin=f"http{plain}://{named}",  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={**(headers or {})},
        ssl=secure,
        max_size=None,
        compression=None,
        proxy=None,
    ) as connection:
        yield Tab(connection, page, query)


def _default_state(element: Element) -> WidgetState:
    """Return the state a widget has when nobody touched it; without id for other elements."""
    kind = element.WhichOneof("type")
    widget = getattr(element, kind) if kind else None
    state = WidgetState(id=getattr(widget, "id", ""))
    match kind:
        case "button_group":
            group = element.button_group
            chosen = [group.options[i].content for i in group.default]
            values = group.raw_values if group.set_value else chosen
            state.string_array_value.data.extend(values)
        case "multiselect":
            several = element.multiselect
            chosen = [several.options[i] for i in several.default]
            state.string_array_value.data.extend(
                several.raw_values if several.set_value else chosen
            )
        case "slider":
            slider = element.slider
            state.double_array_value.data.extend(
                slider.value if slider.set_value else slider.default
            )
        case "selectbox" | "radio":
            one = element.selectbox if kind == "selectbox" else element.radio
            if one.set_value:
                state.string_value = one.raw_value
            elif one.HasField("default") and one.options:
                state.string_value = one.options[one.default]
        case "date_input":
            day = element.date_input
            state.string_array_value.data.extend(day.value if day.set_value else day.default)
        case "text_input" | "text_area":
            line = element.text_input if kind == "text_input" else element.text_area
            state.string_value = line.value if line.set_value else line.default
        case "number_input":
            number = element.number_input
            state.double_value = number.value if number.set_value else number.default
        case "checkbox":
            box = element.checkbox
            state.bool_value = box.value if box.set_value else box.default
    return state
