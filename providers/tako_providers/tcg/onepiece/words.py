"""Words of the game on the sites, and what they are in English.

Whatever a rule can ask for (colour, category, attribute, rarity) is given in the words of the English site; names,
traits and texts stay in the language of the site. A word that is not known stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_COLORS = {
    "Red": ("赤", "紅", "Rouge", "แดง"),
    "Green": ("緑", "綠", "Vert", "เขียว"),
    "Blue": ("青", "藍", "Bleu", "น้ำเงิน", "ฟ้า"),
    "Purple": ("紫", "Violet", "ม่วง"),
    "Black": ("黒", "黑", "Noir", "ดำ"),
    "Yellow": ("黄", "黃", "Jaune", "เหลือง"),
}
"""The site in Chinese writes yellow both ways."""
_CATEGORIES = {
    "LEADER": (),
    # The second is a slip of the Japanese site.
    "CHARACTER": ("Personnage", "キャラクタークター"),
    "EVENT": ("Événement", "Événements"),
    "STAGE": ("Lieu",),
}
_ATTRIBUTES = {
    "Slash": ("斬",),
    "Strike": ("打",),
    "Ranged": ("射",),
    "Special": ("特",),
    "Wisdom": ("知",),
    "?": ("\uff1f",),
}
_RARITIES = {"SP CARD": ("SPカード",)}
_ICONS = {
    "01": ("Strike",),
    "02": ("Slash",),
    "03": ("Special",),
    "04": ("Ranged",),
    "05": ("Wisdom",),
    "06": ("Slash", "Strike"),
    "07": ("Slash", "Special"),
    "08": ("Strike", "Ranged"),
    "09": ("Strike", "Special"),
    "10": ("Strike", "Wisdom"),
    "11": ("Slash", "Wisdom"),
}
"""The pictures of attributes, which are the same on all sites: `ico_type01.png`."""
_ICON = re.compile(r"ico_type(\d\d)\.")


def _by_word(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word.casefold(): english for english, words in table.items() for word in (english, *words)}


_COLOR = _by_word(_COLORS)
_CATEGORY = _by_word(_CATEGORIES)
_ATTRIBUTE = _by_word(_ATTRIBUTES)
_RARITY = _by_word(_RARITIES)


def folded(text: str) -> str:
    """``text`` as it is compared: small letters, straight apostrophes, no outer space."""
    return text.strip().casefold().replace("\u2019", "'")


def parts(text: str) -> list[str]:
    """The parts of `Supernovas/Straw Hat Crew`; none of a dash."""
    return [part for piece in text.split("/") if (part := piece.strip()) and part != "-"]


def colors(text: str) -> list[str]:
    """The colours of a card. The sites in Chinese characters may write two of them without a slash."""
    found: list[str] = []
    for part in parts(text):
        color = _COLOR.get(part.casefold())
        letters = [_COLOR.get(letter, "") for letter in part] if color is None else []
        found.extend(letters if letters and all(letters) else [color or part])
    return found


def category(text: str) -> str:
    """LEADER, CHARACTER, EVENT or STAGE."""
    return _CATEGORY.get(text.casefold(), text)


def rarity(text: str) -> str:
    """The code of a rarity, such as SR."""
    return _RARITY.get(text.casefold(), text)


def attributes(text: str, icon: str) -> Sequence[str]:
    """The attributes of a card, from their words, or from their picture where the words are not known."""
    words = parts(text)
    known = [_ATTRIBUTE.get(word.casefold(), "") for word in words]
    if words and all(known):
        return known
    match = _ICON.search(icon)
    return _ICONS.get(match[1], words) if match else words
