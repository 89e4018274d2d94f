"""Sources to boundaries: run by a maintainer, not by the app."""
