#!/bin/sh
# Two roles for the portal (docs/admin.md, "Two database roles"): one owns the tables, one works with them.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=hearing \
    --set=owner_password="$HEARING_OWNER_PASSWORD" --set=portal_password="$HEARING_PORTAL_PASSWORD" <<'SQL'
CREATE ROLE hearing_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE hearing_portal LOGIN PASSWORD :'portal_password';
ALTER DATABASE hearing OWNER TO hearing_owner;
CREATE EXTENSION pg_trgm;
SQL
