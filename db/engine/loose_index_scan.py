"""Finds the different values of a column through its index: a million rows hold a handful of zones, or of leads.

Source: https://wiki.postgresql.org/wiki/Loose_indexscan
"""

from typing import Any

from sqlalchemy import CTE, ColumnElement, func, select


def distinct_values(column: ColumnElement[Any], *where: ColumnElement[bool]) -> CTE:
    """Returns a table with the column `value`: each value once, and None at its end."""
    found = select(func.min(column).label("value")).where(*where).cte(recursive=True)
    following = select(func.min(column)).where(column > found.c.value, *where).scalar_subquery()
    return found.union_all(select(following).where(found.c.value.is_not(None)))


def distinct_values_of_each(column: ColumnElement[Any], belongs: ColumnElement[Any], key: ColumnElement[Any]) -> CTE:
    """Returns a table with `key` and `value`: for each key every value of the rows that belong to it, then None."""
    first = select(func.min(column)).where(belongs == key).scalar_subquery()
    found = select(key.label("key"), first.label("value")).cte(recursive=True)
    following = select(func.min(column)).where(belongs == found.c.key, column > found.c.value).scalar_subquery()
    return found.union_all(select(found.c.key, following).where(found.c.value.is_not(None)))
