"""The ledger of a case: reports and the claims they make, kept in SQLite or PostgreSQL. Nothing here reads language."""
