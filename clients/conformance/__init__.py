"""One table of cases for the clients of all languages, the servers that it is asked of, and what runs it."""
