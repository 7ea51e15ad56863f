#!/bin/sh
# Run once by the image of PostgreSQL: the program's role owns its database and is no superuser, so that row-level security binds it.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$UNIONBOARD_PASSWORD" --username postgres --no-password <<'SQL'
CREATE ROLE unionboard LOGIN PASSWORD :'password';
CREATE DATABASE unionboard OWNER unionboard;
SQL
