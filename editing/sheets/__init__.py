"""Practices as sheets for spreadsheet programs, out and in: a row for each practice and language."""
