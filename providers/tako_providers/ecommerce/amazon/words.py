"""The words of the marketplaces' pages that carry a meaning: labels of rows, availability, what a person did."""

from __future__ import annotations

import re

from tako.v1.item_parts_pb2 import Availability
from tako.v1.references_pb2 import CreditRole

_LABELS = {
    "asin": "asin",
    "brand": "brand|brand name|marque|nom de marque|marke|markenname|marca|nombre de la marca|nome del marchio|ブランド"
    "|ブランド名",
    "publisher": "publisher|éditeur|herausgeber|verlag|editorial|editor|editore|出版社",
    "published": "publication date|date de publication|erscheinungstermin|fecha de publicación|data di pubblicazione"
    "|release date|date de sortie|erscheinungsdatum|fecha de lanzamiento|data d'uscita|発売日",
    "language": "language|langue|sprache|idioma|lingua|言語",
    "length": "print length|nombre de pages de l'édition imprimée|nombre de pages|seitenzahl der print-ausgabe"
    "|seitenzahl|longitud de impresión|lunghezza stampa|本の長さ",
    "isbn10": "isbn-10",
    "isbn13": "isbn-13",
    "ean": "ean|ean-13|code ean|código ean|codice ean",
    "upc": "upc|código upc",
    "model": "item model number|model number|numéro du modèle de l'article|numéro de modèle|modellnummer"
    "|número de modelo del producto|número de modelo|numero modello articolo|numero modello|製品型番|メーカー型番",
    "size": "product dimensions|item dimensions lxwxh|package dimensions|parcel dimensions|dimensions"
    "|dimensions du produit (l x l x h)|dimensions du produit|dimensions de l'article l x l x h|dimensions du colis"
    "|produktabmessungen|artikelabmessungen l x b x h|verpackungsabmessungen|abmessungen"
    "|dimensiones del producto|dimensiones del paquete|dimensiones"
    "|dimensioni prodotto|dimensioni del collo|dimensioni|梱包サイズ|商品の寸法|製品サイズ|寸法",
    "weight": "item weight|poids de l'article|poids du produit|artikelgewicht|peso del producto|peso articolo"
    "|peso del prodotto|商品の重量|商品重量",
    "left out": "customer reviews|commentaires client|moyenne des commentaires client|kundenrezensionen"
    "|durchschnittliche kundenbewertung|opiniones de los clientes|valoración media de los clientes"
    "|recensioni clienti|recensioni dei clienti|media recensioni|カスタマーレビュー|おすすめ度",
}
LABELS = {label: meaning for meaning, labels in _LABELS.items() for label in labels.split("|")}
"""What a row says, by its label in lower case. Rows of other labels are told as they are."""

_AVAILABLE = {
    Availability.OUT_OF_STOCK: r"currently unavailable|out of stock|actuellement indisponible|rupture de stock"
    r"|nicht verfügbar|nicht auf lager|no disponible|agotado|non disponibile|esaurito|在庫切れ|お取り扱いできません",
    Availability.PREORDER: r"pre-?order|not yet (?:been )?released|will be released|pas encore (?:paru|sorti)"
    r"|précommande|sortira le|vorbestell|noch nicht erschienen|erscheint am|aún no (?:se )?ha|reserva"
    r"|preordin|non ancora|verrà pubblicato|予約",
    Availability.LIMITED: r"only \d+ left|plus que \d+|nur noch \d+|queda\(?n?\)? \d+|quedan? solo \d+"
    r"|solo queda\(?n?\)? \d+|solo \d+|残り\d+",
    Availability.IN_STOCK: r"in stock|en stock|auf lager|disponibilità immediata|disponible|在庫あり",
}
_AVAILABILITY = [(known, re.compile(words, re.IGNORECASE)) for known, words in _AVAILABLE.items()]

_ROLES = {
    CreditRole.AUTHOR: "author|auteur|autor|autore|著",
    CreditRole.ILLUSTRATOR: "illustrator|illustrateur|illustrations|ilustrador|illustratore|イラスト|絵",
    CreditRole.TRANSLATOR: "translator|traducteur|traduction|übersetzer|traductor|traduttore|翻訳",
    CreditRole.EDITOR: "editor|éditeur|herausgeber|a cura di|編集",
    CreditRole.FOREWORD: "foreword|préface|vorwort|prólogo|prefazione",
    CreditRole.ARTIST: "artist|artiste|künstler|artista|アーティスト",
    CreditRole.DIRECTOR: "director|réalisateur|regisseur|regista|監督",
    CreditRole.ACTOR: "actor|acteur|schauspieler|attore|出演",
}
ROLES = {word: role for role, words in _ROLES.items() for word in words.split("|")}

STORE = re.compile(
    r"(?:Visit the (?P<en>.+) Store|(?:Visiter|Visitez) la boutique (?P<fr>.+)|Besuchen? (?:Sie )?den (?P<de>.+)-Store"
    r"|Visita la tienda de (?P<es>.+)|Visita lo Store di (?P<it>.+)|(?P<ja>.+)のストアを表示"
    r"|(?:Brand|Marque|Marke|Marca|ブランド)\s*[:\uff1a]\s*(?P<any>.+))",
    re.IGNORECASE,
)
"""The line that leads to the brand's store, or names the brand."""

PAGES = re.compile(r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)\s*(?:pages?|Seiten|páginas|pagine|ページ)\b", re.IGNORECASE)

WEIGHT = re.compile(r"(\d[\d.,]*)\s*([^\W\d]+)")
_GRAMS = {
    1.0: "g|gram|grams|gramme|grammes|gramm|gramos|grammi|グラム",
    1000.0: "kg|kilogram|kilograms|kilogrammes|kilogramm|kilogramos|kilogrammi|chilogrammi|キログラム",
    453.59237: "pounds|pound|lb|lbs",
    28.349523125: "ounces|ounce|oz",
}
GRAMS = {unit: grams for grams, units in _GRAMS.items() for unit in units.split("|")}


def availability(text: str) -> Availability.Type.ValueType:
    """Whether something can be bought, as far as the wording is known."""
    found = (known for known, words in _AVAILABILITY if words.search(text))
    return next(found, Availability.TYPE_UNSPECIFIED)
