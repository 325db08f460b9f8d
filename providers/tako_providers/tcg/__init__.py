"""Trading cards."""
