"""Providers of anime and manga."""
