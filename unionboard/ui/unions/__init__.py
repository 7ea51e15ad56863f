"""The upper union's page: the year of the unions below it."""
