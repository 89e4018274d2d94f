"""Answers as tables, records and files."""
