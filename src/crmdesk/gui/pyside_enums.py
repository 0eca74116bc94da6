"""Makes Qt's constants quickly: a start needs three thousand of them, at 12 µs each if Python made them: a tenth of it.

PySide asks `enum` for classes of whole numbers under plain names; what `enum` looks out for cannot happen there. And of
four classes three are never looked into: what is in them is made as something of it is first asked for.

One thing does not ask: `Signal(Qt.Orientation)`, and so `Slot` and `Property`, compare what the class is made of with
`enum.EnumType`, and take one that was not yet looked into for any Python object. Nothing here can see that; so our
signals, slots and properties say `object` or `int` where a constant goes through them.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Iterator
from functools import cache
from threading import RLock
from types import GetSetDescriptorType
from typing import Any, ClassVar, Final

Members = list[tuple[str, int]]

_PROBE: Final[Members] = [("NONE", 0), ("FIRST", 1), ("SAME", 1), ("SECOND", 2), ("BOTH", 3)]
_TURN: Final = RLock()  # jobs ask for constants, too: a second thread waits for all members of a class


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
    """The class `base(name, names, boundary=KEEP)`: a copy of an empty one, which gets its members as they are used."""
    parts = {part: type(value)() if type(value) in (dict, list) else value for part, value in _empty(base)}
    maker = parts.pop("__new__")  # a class that is made with it would wrap it
    made: Any = type.__new__(_Waiting, name, (base,), parts)
    type.__setattr__(made, "__new__", maker)
    type.__setattr__(made, "_names_", names)
    _Waiting._all_.append(made)
    return made if _Waiting._may_wait_ else _whole(made)


def make_members() -> None:
    """Give all classes their members, also those still to be made.

    PySide's own text goes by names of old, as `Qt.AlignLeft`, which the library looks for in classes that have them.
    """
    _Waiting._may_wait_ = False
    while _Waiting._all_:
        _whole(_Waiting._all_.pop())


class _Waiting(enum.EnumType):
    """What a class is before it has its members: each way to ask for some makes all, and the class an ordinary one."""

    _all_: ClassVar[list[Any]] = []
    _may_wait_: ClassVar = True

    def __getattr__(cls, name: str) -> Any:  # noqa: ANN401 -- a member, mostly
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_whole(cls), name)

    def __call__(cls, *args: Any, **named: Any) -> Any:  # noqa: ANN401 -- as it is called
        return _whole(cls)(*args, **named)

    def __getitem__(cls, name: str) -> Any:  # noqa: ANN401 -- a member
        return _whole(cls)[name]

    def __contains__(cls, value: object) -> bool:
        return value in _whole(cls)

    def __iter__(cls) -> Iterator[Any]:
        members: Iterator[Any] = iter(_whole(cls))
        return members

    def __reversed__(cls) -> Iterator[Any]:
        members: Iterator[Any] = reversed(_whole(cls))
        return members

    def __len__(cls) -> int:
        return len(_whole(cls))

    def __dir__(cls) -> list[str]:
        return dir(_whole(cls))

    @property
    def __members__(cls) -> Any:  # noqa: ANN401 -- as `enum` has it
        return _whole(cls).__members__


def _whole(made: Any) -> Any:  # noqa: ANN401 -- a class of constants
    """The class with its members."""
    with _TURN:
        if type(made) is _Waiting:
            _fill(made, made._names_)
            type.__delattr__(made, "_names_")
            # Only now: until then a second thread asks here, and waits.
            made.__class__ = enum.EnumType  # type: ignore[assignment]
    return made


def _fill(made: Any, names: Members) -> None:  # noqa: ANN401 -- a class of constants
    flags, new, takes_value = issubclass(made, enum.Flag), made._new_member_, made._use_args_
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
    taken = _taken(base)
    return isinstance(names, list) and not any(
        type(entry) is not tuple or type(entry[1]) is not int or entry[0][0] == "_" or entry[0] in taken
        for entry in names
    )


@cache
def _taken(base: Any) -> frozenset[str]:  # noqa: ANN401 -- a class of `enum`
    """What `hasattr(base, name)` says yes to, asked once instead of for each constant."""
    return frozenset(name for part in (*base.__mro__, enum.EnumType, type) for name in vars(part))


def _known(base: Any) -> bool:  # noqa: ANN401 -- a class of `enum`
    """Whether a class and its members are made of the parts that are filled in here."""
    try:
        usual, quick = base("Probe", _PROBE, boundary=enum.KEEP), _whole(made_quickly(base, "Probe", _PROBE))
    except (AttributeError, TypeError):  # a part is gone, or is asked for in another way
        return False
    return bool(vars(usual).keys() == vars(quick).keys() and vars(usual.BOTH).keys() == vars(quick.BOTH).keys())
