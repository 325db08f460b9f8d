"""Providers of the domain media: films, series and their people."""
