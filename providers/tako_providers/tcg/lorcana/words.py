"""Words of the game in the four languages of LorcanaJSON, and what they are in English.

The words are those of https://github.com/LorcanaJSON/LorcanaJSON (util/Translations.py) and of the cards.
"""

from __future__ import annotations

from tako_providers.sdk import Json, text_in

_COLORS = {
    "Amber": ("Ambre", "Bernstein", "Ambra"),
    "Amethyst": ("Améthyste", "Ametista"),
    "Emerald": ("Émeraude", "Smaragd", "Smeraldo"),
    "Ruby": ("Rubis", "Rubin", "Rubino"),
    "Sapphire": ("Saphir", "Zaffiro"),
    "Steel": ("Acier", "Stahl", "Acciaio"),
}
_TYPES = {
    "Action": ("Aktion", "Azione"),
    "Character": ("Personnage", "Charakter", "Personaggio"),
    "Item": ("Objet", "Gegenstand", "Oggetto"),
    "Location": ("Lieu", "Ort", "Luogo"),
}
_RARITIES = {
    "Common": ("Commune", "Gewöhnlich", "Comune"),
    "Uncommon": ("Inhabituelle", "Ungewöhnlich", "Non comune"),
    "Rare": ("Selten", "Rara"),
    "Super Rare": ("Très Rare", "Super selten", "Super Rara"),
    "Legendary": ("Légendaire", "Legendär", "Leggendaria"),
    "Epic": ("Épique", "Epica"),
    "Enchanted": ("Enchantée", "Verzaubert", "Incantata"),
    "Iconic": ("Iconique", "Ikonisch", "Iconica"),
    "Special": ("Spécial", "Speziell", "Speciale"),
}
"""From the most common to the rarest; promotions come last."""
_EPISCH = "episch"
"""German for two rarities: Super Rare in the first sets, Epic in later ones."""


def folded(text: str) -> str:
    """``text`` as it is compared: small letters, straight apostrophes, no outer space."""
    return text.strip().casefold().replace("\u2019", "'")


def _by_word(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {folded(word): english for english, words in table.items() for word in (english, *words)}


_ENGLISH_COLORS = _by_word(_COLORS)
_ENGLISH_TYPES = _by_word(_TYPES)
_ENGLISH_RARITIES = _by_word(_RARITIES)
_RANKS = {rarity: rank for rank, rarity in enumerate(_RARITIES)}


def english_color(word: str) -> str:
    """A colour of ink in English; as given when it is unknown."""
    return _ENGLISH_COLORS.get(word.casefold(), word)


def english_type(entry: Json) -> str:
    """The type of a card in English; as given when it is unknown."""
    word = text_in(entry, "type")
    return _ENGLISH_TYPES.get(word.casefold(), word)


def english_rarity(entry: Json) -> str:
    """The rarity of a card in English; as given when it is unknown."""
    word = text_in(entry, "rarity")
    if word.casefold() == _EPISCH:  # an Epic card is another picture of a card that it names as its base
        return "Epic" if entry.get("baseId") else "Super Rare"
    return _ENGLISH_RARITIES.get(word.casefold(), word)


def rarity_rank(entry: Json) -> int | None:
    """The place of a card's rarity, 0 for the most common; None when it is unknown."""
    return _RANKS.get(english_rarity(entry))
