"""The facts: register, boundaries, and what is true on any day."""

from pilotzones.atlas.atlas import Atlas, current_atlas, load_atlas, takes_atlas

__all__ = ["Atlas", "current_atlas", "load_atlas", "takes_atlas"]
