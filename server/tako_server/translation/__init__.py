"""Items in the language that a caller wants: dictionaries for vocabularies, engines for prose, originals kept."""
