"""Small browser pieces where nothing native serves; each is a Python function beside its CSS and JavaScript."""
