"""What one row says about where its village is, read against the gazetteer.

A row may name a commune of before July 2025, a unit since, both, or just "xã" without a day; by
code, by name, or both; with or without the old district. Each is a *claim*: the communes or units
it can mean, or what is wrong with it. Nothing is accepted for being similar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from geo.register.gazetteer import Gazetteer
from geo.register.place_names import NameIndex, exact_key, split_kind

NOWHERE: Final[frozenset[int]] = frozenset()


class Trouble(StrEnum):
    """Why a claim means nothing."""

    CODE_UNKNOWN = "code_unknown"
    NAME_UNKNOWN = "name_unknown"
    DISAGREE = "disagree"
    DISTRICT = "district"
    DISTRICTS = "districts"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a code and a name together can mean in one table of the gazetteer.

    Attributes
    ----------
    given : bool
        Whether the row says anything at all.
    found : frozenset of int
        Positions that agree with all that is said.
    trouble : Trouble or None
    by_code, by_name : frozenset of int
        The separate readings of code and name, for the sentence when they disagree.
    """

    given: bool = False
    found: frozenset[int] = NOWHERE
    trouble: Trouble | None = None
    by_code: frozenset[int] = NOWHERE
    by_name: frozenset[int] = NOWHERE


@dataclass(frozen=True, slots=True)
class Row:
    """The distinct values of a row that say where it is; ``None`` where a cell is empty."""

    commune_code: str | None = None
    commune: str | None = None
    district_code: str | None = None
    district: str | None = None
    unit_code: str | None = None
    unit: str | None = None
    place_code: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A row against the gazetteer.

    Attributes
    ----------
    row : Row
    old, new : Claim
        In communes and in units.
    undated : bool
        Whether ``old`` and ``new`` are two readings of the same words rather than two statements.
    district_given : bool
    districts : frozenset of str
        Codes of the district the row names; empty if it names none that is known.
    conflict : bool
        Whether code and name of the district are of two districts.
    """

    row: Row
    old: Claim = field(default_factory=Claim)
    new: Claim = field(default_factory=Claim)
    undated: bool = False
    district_given: bool = False
    districts: frozenset[str] = frozenset()
    conflict: bool = False

    @property
    def given(self) -> bool:
        """Whether the row names a commune or unit at all."""
        return self.old.given or self.new.given

    @property
    def trouble(self) -> Trouble | None:
        """What is wrong with the row as a whole."""
        if self.conflict:
            return Trouble.DISTRICTS
        if not self.undated:
            return self.old.trouble or self.new.trouble
        if self.old.found or self.new.found:
            return None
        # A contradiction says more than "unknown", which the other table usually answers.
        troubles = (self.old.trouble, self.new.trouble)
        for worst in (Trouble.DISAGREE, Trouble.DISTRICT):
            if worst in troubles:
                return worst
        return self.old.trouble


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows of one file against one gazetteer.

    Attributes
    ----------
    gazetteer : Gazetteer
    accented : mapping of str to bool
        For each field of names: whether the file writes accents there. In a list without accents
        "sa pa" may be Sa Pa or Sa Pả, although one of them matches letter by letter.
    """

    gazetteer: Gazetteer
    accented: Mapping[str, bool]

    def read(self, row: Row) -> Reading:
        """Return what a row can mean, the district and the kind of unit taken into account."""
        places = (row.place_code, row.place)
        dated_old = row.commune_code or row.commune
        dated_new = row.unit_code or row.unit
        undated = not dated_old and not dated_new and bool(row.place_code or row.place)
        old = (
            (row.commune_code, row.commune) if dated_old else (places if undated else (None, None))
        )
        new = (row.unit_code, row.unit) if dated_new else (places if undated else (None, None))
        by_code, by_name = self._districts(row)
        districts = (by_code & by_name) or by_code or by_name
        old_claim = self._old_claim(*old, "place" if undated else "commune", districts)
        new_claim = self._claim(*new, "place" if undated else "unit", new=True)
        if undated:
            old_claim, new_claim = self._weigh(old_claim, new_claim, row, districts)
        elif new_claim.found and districts:
            new_claim = self._within(new_claim, districts)
        if not undated and old_claim.found and new_claim.found:
            old_claim = self._joined(old_claim, new_claim)
        return Reading(
            row,
            old_claim,
            new_claim,
            undated=undated,
            district_given=bool(row.district or row.district_code),
            districts=districts,
            conflict=bool(by_code and by_name and not by_code & by_name),
        )

    def _districts(self, row: Row) -> tuple[frozenset[str], frozenset[str]]:
        """Return the codes of the district a row names, by its code and by its name."""
        codes, names = self.gazetteer.district_codes, self.gazetteer.district_names
        by_code = frozenset({row.district_code} & set(codes) - {None})
        if row.district is None:
            return frozenset(map(str, by_code)), frozenset()
        found = names.find(row.district) or names.find(row.district, accents=False)
        return frozenset(map(str, by_code)), frozenset(codes[i] for i in found)

    def _old_claim(
        self, code: str | None, name: str | None, field: str, districts: frozenset[str]
    ) -> Claim:
        members = frozenset[int]().union(*map(self.gazetteer.district_communes, districts))
        claim = self._claim(code, name, field, new=False, among=members if districts else None)
        if not claim.found or not districts:
            return claim
        inside = claim.found & members
        trouble = None if inside else Trouble.DISTRICT
        return Claim(True, inside, trouble, claim.by_code or claim.found, claim.by_name)

    def _claim(
        self,
        code: str | None,
        name: str | None,
        field: str,
        *,
        new: bool,
        among: frozenset[int] | None = None,
    ) -> Claim:
        if not code and not name:
            return Claim()
        at = self.gazetteer.unit_at if new else self.gazetteer.commune_at
        by_code = frozenset({at[code]}) if code and code in at else NOWHERE
        by_name = (
            self._named(name, field, new=new, among=among, by_code=by_code) if name else NOWHERE
        )
        trouble, found = None, NOWHERE
        if code and not by_code:
            trouble = Trouble.CODE_UNKNOWN
        elif code and name:
            found = by_code & by_name
            trouble = None if found else Trouble.DISAGREE
        elif code:
            found = by_code
        else:
            found = by_name
            trouble = None if found else Trouble.NAME_UNKNOWN
        return Claim(True, found, trouble, by_code, by_name)

    def _named(
        self,
        name: str,
        field: str,
        *,
        new: bool,
        among: frozenset[int] | None,
        by_code: frozenset[int],
    ) -> frozenset[int]:
        atlas = self.gazetteer
        index, other = atlas.commune_names, atlas.unit_names
        if new:
            index, other = other, index
        if self.accented.get(field, True):
            exact = index.find(name)
            if exact:
                # A name that once passed to a neighbour still means first the one that bore it.
                keys = atlas.unit_keys if new else atlas.commune_keys
                own = frozenset(i for i in exact if keys[i] == exact_key(name))
                return exact if by_code & exact or not own else own
            if other.find(name):
                return NOWHERE
        return _narrowed(index, name, among)

    def _weigh(
        self, old: Claim, new: Claim, row: Row, districts: frozenset[str]
    ) -> tuple[Claim, Claim]:
        """Drop of two readings of the same words what the row itself excludes."""
        if districts and old.found:
            return old, Claim(given=True)
        if districts and new.found:
            new = self._within(new, districts)
        if old.found and new.found and row.place:
            kind = split_kind(row.place)[0]
            atlas = self.gazetteer
            fits_old = _of_kind(old.found, list(atlas.communes["commune"]), kind)
            fits_new = _of_kind(new.found, list(atlas.units["unit"]), kind)
            if bool(fits_old) != bool(fits_new):
                return (old, Claim(given=True)) if fits_old else (Claim(given=True), new)
        return old, new

    def _within(self, claim: Claim, districts: frozenset[str]) -> Claim:
        """Keep the units that had a commune in one of the districts."""
        atlas = self.gazetteer
        members = frozenset[int]().union(*map(atlas.district_communes, districts))
        inside = claim.found & {int(atlas.unit_of[i]) for i in members}
        trouble = None if inside else Trouble.DISTRICT
        return Claim(True, inside, trouble, claim.by_code or claim.found, claim.by_name)

    def _joined(self, old: Claim, new: Claim) -> Claim:
        """Keep the communes that became one of the units stated beside them."""
        agreed = frozenset(i for i in old.found if int(self.gazetteer.unit_of[i]) in new.found)
        trouble = None if agreed else Trouble.UNIT
        return Claim(True, agreed, trouble, old.by_code or old.found, new.found)


def _narrowed(index: NameIndex, name: str, among: frozenset[int] | None) -> frozenset[int]:
    folded = index.find(name, accents=False)
    return folded & among if among is not None and folded & among else folded


def _of_kind(found: frozenset[int], names: Sequence[str], kind: str | None) -> frozenset[int]:
    return frozenset(i for i in found if kind is not None and split_kind(names[i])[0] == kind)
