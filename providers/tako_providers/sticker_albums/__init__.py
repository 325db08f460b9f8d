"""Providers of sticker albums."""
