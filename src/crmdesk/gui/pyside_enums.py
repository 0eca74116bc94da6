"""Makes Qt's constants quickly: Python takes 12 µs for each of the three thousand that a start needs, a tenth of it.

PySide asks `enum` for classes of whole numbers under plain names; what `enum` looks out for cannot happen there.
"""

from __future__ import annotations

import enum
import sys
from functools import cache
from types import GetSetDescriptorType
from typing import Any, Final

Members = list[tuple[str, int]]

_PROBE: Final[Members] = [("NONE", 0), ("FIRST", 1), ("SAME", 1), ("SECOND", 2), ("BOTH", 3)]


def make_enums_quickly() -> None:
    """From now on PySide's classes of constants are made here: what comes out is what `enum` itself would make.

    Where this Python makes them of other parts than known here, starting is slower, nothing else.
    """
    kind: Any = enum.EnumType
    usual = kind._create_
    if getattr(usual, "__module__", "") == __name__ or not all(_known(base) for base in (enum.IntEnum, enum.Flag)):
        return

    def create(base: Any, name: str, names: Any, *, boundary: Any = None, **rest: Any) -> Any:  # noqa: ANN401 -- as called
        if boundary is enum.KEEP and _plain(base, names):  # PySide's way of asking
            return made_quickly(base, name, names)
        if rest.get("module") is None:  # `enum` looks two calls up for who asks: with this one between, that is itself
            rest["module"] = sys._getframe(2).f_globals.get("__name__")
        return usual(base, name, names, boundary=boundary, **rest)

    kind._create_ = create


def made_quickly(base: Any, name: str, names: Members) -> Any:  # noqa: ANN401 -- a class below `base`
    """The class `base(name, names, boundary=KEEP)`: a copy of an empty one, then the members."""
    parts = {part: type(value)() if type(value) in (dict, list) else value for part, value in _empty(base)}
    maker = parts.pop("__new__")  # a class that is made with it would wrap it
    made: Any = type.__new__(enum.EnumType, name, (base,), parts)
    type.__setattr__(made, "__new__", maker)
    flags, new, takes_value = issubclass(base, enum.Flag), made._new_member_, made._use_args_
    members, by_value, counted = made._member_map_, made._value2member_map_, made._member_names_
    for key, value in names:
        member = by_value.get(value)  # a second name of a value is the same member
        if member is None:
            member = by_value[value] = new(made, value) if takes_value else new(made)
            member._value_, member._name_, member.__objclass__ = value, key, made
            member._sort_order_ = len(counted)
            if not flags or _one_bit(value):
                counted.append(key)
        members[key] = member
        type.__setattr__(made, key, member)  # the class's own way first looks for a member of that name
    if flags:
        _sum_up(made)
    return made


@cache
def _empty(base: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 -- a class of `enum`
    """The parts of a class without members, as the standard library makes its own."""
    made = enum._simple_enum(base, boundary=enum.KEEP)(type("Empty", (), {}))  # type: ignore[attr-defined]
    made.__doc__ = None
    # What is bound to that one class, each class gets anew.
    return [(part, value) for part, value in vars(made).items() if type(value) is not GetSetDescriptorType]


def _sum_up(made: Any) -> None:  # noqa: ANN401 -- a class of flags
    """What a class of flags knows of all its bits."""
    for value in made._value2member_map_:
        made._flag_mask_ |= value
    single = [made._member_map_[name]._value_ for name in made._member_names_]
    made._singles_mask_ = sum(single)
    made._all_bits_ = 2 ** made._flag_mask_.bit_length() - 1
    if single != sorted(single):
        made._iter_member_ = made._iter_member_by_def_


def _one_bit(value: int) -> bool:
    return value > 0 and value & (value - 1) == 0


def _plain(base: Any, names: Any) -> bool:  # noqa: ANN401 -- as they are asked for
    """Whether none of the names means something else to a class of constants."""
    return isinstance(names, list) and not any(
        type(entry) is not tuple or type(entry[1]) is not int or entry[0][0] == "_" or hasattr(base, entry[0])
        for entry in names
    )


def _known(base: Any) -> bool:  # noqa: ANN401 -- a class of `enum`
    """Whether a class and its members are made of the parts that are filled in here."""
    try:
        usual, quick = base("Probe", _PROBE, boundary=enum.KEEP), made_quickly(base, "Probe", _PROBE)
    except (AttributeError, TypeError):  # a part is gone, or is asked for in another way
        return False
    return bool(vars(usual).keys() == vars(quick).keys() and vars(usual.BOTH).keys() == vars(quick.BOTH).keys())
