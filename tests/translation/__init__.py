"""Translation: dictionaries, detection, engines, and what a caller sees of them."""
