"""The errors that the library raises on purpose; each message names the thing and the remedy."""


class PilotZonesError(Exception):
    """Base of every error that the library raises on purpose."""


class TableError(PilotZonesError):
    """A table or its descriptor is missing, unreadable or breaks a rule."""


class BoundaryError(PilotZonesError):
    """A boundary file is missing, unreadable or does not fit the register."""


class UnknownZoneError(PilotZonesError, KeyError):
    """No zone bears this identifier.

    Parameters
    ----------
    zone_id
        The identifier that was asked for.
    closest
        Identifiers that come close to it, the closest first.
    """

    def __init__(self, zone_id: str, closest: list[str]) -> None:
        self.zone_id = zone_id
        self.closest = closest
        hint = f"; did you mean {', '.join(closest)}?" if closest else ""
        super().__init__(f"no zone is called {zone_id!r}{hint}")

    def __str__(self) -> str:
        return str(self.args[0])
