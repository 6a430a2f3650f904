"""What a spreadsheet of levels would bring."""
