"""Papers as files: facts become values by name, values fill a form, ours or the union's own."""
