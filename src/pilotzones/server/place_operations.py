"""The operations of the API that answer for places: one place, lists, panels, weights."""
