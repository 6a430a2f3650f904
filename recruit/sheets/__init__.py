"""Spreadsheets as people send them: read into a `Sheet`, written so that no spreadsheet program is harmed.

`reading.read` takes any bytes and answers a `sheet.Sheet` or raises `sheet.Unreadable`; `writing` makes CSV
and XLSX. Nothing here knows what the columns mean: that is for the feature that imports them.
"""
