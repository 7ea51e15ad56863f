"""Alembic's entry: the engine comes from the caller, revision ids are numbered."""

from alembic import context

from unionboard.models import metadata

config = context.config


def number_revision(_context: object, _revision: object, directives: list) -> None:  # type: ignore[type-arg]
    """Name revisions 0001, 0002 …"""
    heads = [int(head) for head in context.script.get_heads()]
    directives[0].rev_id = f"{max(heads, default=0) + 1:04d}"


engine = config.attributes["engine"].execution_options(unionboard_writes=True)  # two that start at once migrate one after the other
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        process_revision_directives=number_revision,
    )
    with context.begin_transaction():
        context.run_migrations()
