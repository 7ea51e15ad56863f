"""``python -m unionboard.migrations "what changes"``: write the next migration from the difference between models and a fresh database."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from unionboard.db import open_engine
from unionboard.services.migrations import alembic_config, bring_up_to_date

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'fresh.sqlite3'}")
        bring_up_to_date(engine)
        command.revision(alembic_config(engine), message=sys.argv[1], autogenerate=True)
        engine.dispose()
