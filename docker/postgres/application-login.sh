#!/bin/bash
# First start of the database: the login with which the program connects. Migrations run as the owner and make the tables;
# this login can only become `passerelle_app`, the role that owns nothing and is bound by row-level security.
# The attributes of the role are those of the first migration, which leaves an existing role as it is.
set -euo pipefail

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --set=password="$DATABASE_PASSWORD" <<'SQL'
CREATE ROLE passerelle_app NOLOGIN NOINHERIT NOBYPASSRLS NOSUPERUSER;
CREATE ROLE passerelle_login LOGIN NOINHERIT NOBYPASSRLS NOSUPERUSER PASSWORD :'password';
GRANT passerelle_app TO passerelle_login;
ALTER ROLE passerelle_login SET role = 'passerelle_app';
REVOKE ALL ON DATABASE passerelle FROM PUBLIC;
GRANT CONNECT ON DATABASE passerelle TO passerelle_login;
SQL
