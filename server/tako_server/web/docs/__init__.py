"""The description of the REST API: for programs at /openapi.json, for people at /docs."""
