"""Providers of shops."""
