"""One module a migration: v0001_... makes schema version 0001."""
