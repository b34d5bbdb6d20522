"""Reports in the forms that people and programs read: pages, tables, files for other systems."""
