"""Everything a user can do: one verb, one function, the only door to the data."""
