//! One change a file; each runs on SQLite and on PostgreSQL.
