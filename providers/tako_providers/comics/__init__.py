"""Providers of comics."""
