"""What every form of the team's files is."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Form(BaseModel):
    """A group of keys; a key that is not named here is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)
