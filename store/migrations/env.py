"""Run migrations on the connection that :mod:`store.migrating` has begun a transaction on."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
