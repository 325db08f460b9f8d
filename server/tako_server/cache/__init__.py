"""The second level of the cache: answers that outlive the process, in SQLite or PostgreSQL."""
