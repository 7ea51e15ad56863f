"""Several processes of the program behind nginx, on one PostgreSQL, started and looked after by one command; see docs/cluster.md."""
