"""The Tako server: one typed contract over many upstream providers."""

__version__ = "0.1.0"
