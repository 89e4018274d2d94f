"""One View and its answers: zones, changes, borders, coverage, growth, roles, title."""
