"""Rows read for the one path that is walked a thousand times: the publisher's. Fields only, nothing behind them.

Building a model's instance and its query costs Django twenty times what the database takes for the row.
"""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar, cast

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
_Convert = Callable[[Any], Any]


def light_rows(model: type[Row], column: str, values: Collection[int | str], also: str = "") -> list[Row]:
    """All rows where `column` is one of `values`, with the model's fields as attributes; `also` is further SQL.

    What comes back has no methods and no relations: only its own columns, typed as the model types them.
    """
    if not values:
        return []
    select, made, converters = _shape(model)
    holes = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"{select} WHERE {column} IN ({holes}) {also}", list(values))
        found = cursor.fetchall()
    rows = []
    for values_read in found:
        row = list(values_read)
        for index, convert in converters:
            if row[index] is not None:
                row[index] = convert(row[index])
        rows.append(made(*row))
    return cast("list[Row]", rows)


@cache
def _shape(model: type[models.Model]) -> tuple[str, Callable[..., Any], list[tuple[int, _Convert]]]:
    fields = model._meta.concrete_fields
    columns = ", ".join(str(one.column) for one in fields)
    converters: list[tuple[int, _Convert]] = []
    for index, field in enumerate(fields):
        if isinstance(field, models.DateTimeField):
            converters.append((index, _moment))
        elif isinstance(field, models.JSONField):
            converters.append((index, _json))
        elif not isinstance(field, _AS_THEY_ARE):
            raise TypeError(f"{field} comes in a form of its own: read it by the model.")
    return (
        f"SELECT {columns} FROM {model._meta.db_table}",  # noqa: S608 - names of the model's own
        namedtuple("Row", [one.attname for one in fields]),
        converters,
    )


_AS_THEY_ARE = (models.AutoField, models.IntegerField, models.CharField, models.TextField, models.ForeignKey)


def _moment(read: str | datetime) -> datetime:
    """SQLite keeps UTC without saying so, PostgreSQL an aware time."""
    moment = datetime.fromisoformat(read) if isinstance(read, str) else read
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _json(read: Any) -> Any:
    return json.loads(read) if isinstance(read, str) else read
