"""Providers of collectibles."""
