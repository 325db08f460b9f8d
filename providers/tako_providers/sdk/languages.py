"""Language codes: upstreams' own (MARC, ISO 639-2, names with a region) and BCP-47, both ways."""

from __future__ import annotations

from functools import lru_cache

_LETTERS = 2
"""How long the code of a country is."""

_MARC = {
    "fr": "fre",
    "de": "ger",
    "nl": "dut",
    "zh": "chi",
    "cs": "cze",
    "el": "gre",
    "eu": "baq",
    "fa": "per",
    "hy": "arm",
    "is": "ice",
    "ka": "geo",
    "mk": "mac",
    "ms": "may",
    "my": "bur",
    "ro": "rum",
    "sk": "slo",
    "sq": "alb",
    "cy": "wel",
    "bo": "tib",
    "mi": "mao",
}
"""The bibliographic codes that differ from the terminological ones (ISO 639-2/B against /T)."""

_NAMES = {
    "Afrikaans": "af",
    "Albanian": "sq",
    "Arabic": "ar",
    "Armenian": "hy",
    "Azerbaijani": "az",
    "Basque": "eu",
    "Belarusian": "be",
    "Bengali": "bn",
    "Bosnian": "bs",
    "Breton": "br",
    "Bulgarian": "bg",
    "Burmese": "my",
    "Catalan": "ca",
    "Chinese": "zh",
    "Croatian": "hr",
    "Czech": "cs",
    "Danish": "da",
    "Dutch": "nl",
    "English": "en",
    "Esperanto": "eo",
    "Estonian": "et",
    "Faroese": "fo",
    "Finnish": "fi",
    "French": "fr",
    "Frisian": "fy",
    "Galician": "gl",
    "Georgian": "ka",
    "German": "de",
    "Greek": "el",
    "Gujarati": "gu",
    "Hebrew": "he",
    "Hindi": "hi",
    "Hungarian": "hu",
    "Icelandic": "is",
    "Indonesian": "id",
    "Irish": "ga",
    "Italian": "it",
    "Japanese": "ja",
    "Kannada": "kn",
    "Kazakh": "kk",
    "Khmer": "km",
    "Korean": "ko",
    "Kurdish": "ku",
    "Lao": "lo",
    "Latin": "la",
    "Latvian": "lv",
    "Lithuanian": "lt",
    "Luxembourgish": "lb",
    "Macedonian": "mk",
    "Malay": "ms",
    "Malayalam": "ml",
    "Maltese": "mt",
    "Marathi": "mr",
    "Mongolian": "mn",
    "Nepali": "ne",
    "Norwegian": "no",
    "Persian": "fa",
    "Polish": "pl",
    "Portuguese": "pt",
    "Punjabi": "pa",
    "Romanian": "ro",
    "Russian": "ru",
    "Scottish Gaelic": "gd",
    "Serbian": "sr",
    "Sinhala": "si",
    "Slovak": "sk",
    "Slovenian": "sl",
    "Spanish": "es",
    "Swahili": "sw",
    "Swedish": "sv",
    "Tagalog": "tl",
    "Tamil": "ta",
    "Telugu": "te",
    "Thai": "th",
    "Tibetan": "bo",
    "Turkish": "tr",
    "Ukrainian": "uk",
    "Urdu": "ur",
    "Uzbek": "uz",
    "Vietnamese": "vi",
    "Welsh": "cy",
    "Yiddish": "yi",
    "Zulu": "zu",
}
"""English names of languages. A table: langcodes knows names only with a large package of data."""


@lru_cache(maxsize=2048)
def bcp47(code: str | None) -> str:
    """``code`` of whatever standard as BCP-47 (``fre`` is ``fr``, ``pt_BR`` is ``pt-BR``), "" when it is none."""
    if not code or code.lower() in ("und", "mul", "zxx", "xx"):
        return ""
    import langcodes  # noqa: PLC0415 - its tables are read with the first code: an idle server is the smaller for it

    try:
        tag = langcodes.standardize_tag(code)
    except langcodes.tag_parser.LanguageTagError:
        return ""
    return tag if langcodes.tag_is_valid(tag) else ""


@lru_cache(maxsize=2048)
def primary(tag: str) -> str:
    """The language of a BCP-47 tag without script and region: ``pt-BR`` is ``pt``."""
    return tag.replace("_", "-").split("-", 1)[0].lower()


@lru_cache(maxsize=2048)
def marc(tag: str) -> str:
    """The MARC code of a BCP-47 tag (``fr`` is ``fre``), "" when there is none."""
    language = primary(tag)
    if language in _MARC:
        return _MARC[language]
    import langcodes  # noqa: PLC0415 - as above

    try:
        return langcodes.Language.get(language).to_alpha3(variant="B")
    except LookupError:
        return ""


def language_named(name: str) -> str:
    """The BCP-47 tag of a language's English name (``Norwegian`` is ``no``), "" when the table has it not."""
    return _NAMES.get(name.strip(), "")


@lru_cache(maxsize=1024)
def site_tag(tags: tuple[str, ...], language: str, region: str = "") -> str:
    """Which of a site's ``tags`` (``fr``, ``fr-BE``) fits best what is asked for in ``language`` and ``region``.

    Language and country, else the language, else the country, else the first. Of those of one language the first is
    for the language alone. Without ``region`` it is that of ``language``.
    """
    spoken = primary(language)
    if spoken == "no" and "no" not in map(primary, tags):
        spoken = "nb"
    country = region or next((part.upper() for part in language.split("-")[1:] if len(part) == _LETTERS), "")
    of_language = [tag for tag in tags if primary(tag) == spoken]
    of_country = [tag for tag in (of_language if spoken else tags) if tag.partition("-")[2] == country and country]
    return (of_country or of_language or list(tags))[0]
