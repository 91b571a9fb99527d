"""Places in parsed data: walking over them, looking at one, putting something else there."""

from fractions import Fraction

# Keys whose text is read by people alone.
WORDS = ("ru", "text")


def walk(value, at=()):
    """Yield every place of the data with what stands there, the whole first."""
    yield at, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from walk(item, (*at, key))


def take(value, at):
    for key in at:
        value = value[key]
    return value


def put(value, at, to):
    """Return the data with `to` at a place; what lies beside the way is shared, nothing is changed."""
    if not at:
        return to
    key, *rest = at
    if isinstance(value, list):
        return [*value[:key], put(value[key], rest, to), *value[key + 1 :]]
    return {**value, key: put(value.get(key), rest, to)}


def swap_keys(table, one, other):
    """Return a table in which two keys have exchanged their places, each with its value."""
    places = {one: other, other: one}
    return {places.get(key, key): table[places.get(key, key)] for key in table}


def swap_neighbours(document, at):
    """Yield a mutant for every two neighbours of a list that exchange their places."""
    items = take(document, at)
    for first in range(len(items) - 1):
        swapped = [*items[:first], items[first + 1], items[first], *items[first + 2 :]]
        yield "order", at, swapped, f"{first} ↔ {first + 1}"


def is_number(value):
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def is_text(at, value):
    return isinstance(value, str) and bool(value) and at[-1] in WORDS


def exchange(at, own, others, kind):
    """Yield a mutant for each other value a field could have."""
    for other in dict.fromkeys(others):
        if other != own:
            yield kind, at, other, f"{own} → {other}"
