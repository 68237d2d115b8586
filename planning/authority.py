"""Who may do what to the register of record: one table, asked by the store on every write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from planning.vocabulary import Role


class Act(StrEnum):
    """Something a person does to the record."""

    OBSERVE = "observe"
    REPORT_WORK = "report_work"
    UNDO_OWN = "undo_own"
    UNDO_ANY = "undo_any"
    SAVE_PLAN = "save_plan"
    SET_TARGET = "set_target"
    EDIT_VILLAGE = "edit_village"
    SEED_REGISTER = "seed_register"
    PUBLISH_RESULT = "publish_result"
    GRANT_ROLE = "grant_role"


_PLANNER: Final = frozenset(
    {Act.OBSERVE, Act.REPORT_WORK, Act.UNDO_OWN, Act.SAVE_PLAN, Act.SET_TARGET}
)
_STEWARD: Final = _PLANNER | {
    Act.UNDO_ANY,
    Act.EDIT_VILLAGE,
    Act.SEED_REGISTER,
    Act.PUBLISH_RESULT,
}

PERMITTED: Final[Mapping[Role, frozenset[Act]]] = MappingProxyType(
    {
        Role.VIEWER: frozenset(),
        Role.PLANNER: _PLANNER,
        Role.STEWARD: _STEWARD,
        Role.ADMINISTRATOR: _STEWARD | {Act.GRANT_ROLE},
    }
)
"""What each role may do; everything else is refused. Reading is everybody's."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as the record knows them.

    Attributes
    ----------
    login : str
        Stable name of the account: an e-mail address, or the machine's user.
    role : Role
    name : str
        As people call them; the login where nothing else is known.
    """

    login: str
    role: Role
    name: str = ""

    def may(self, act: Act) -> bool:
        """Tell whether the actor's role permits an act."""
        return act in PERMITTED[self.role]
