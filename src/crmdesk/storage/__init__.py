"""How it is kept: SQLAlchemy Core on one SQLite file."""
