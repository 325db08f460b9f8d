"""TCGdex's words for types, rarities and stages in its languages, and the English ones that filters take.

Five languages have words of their own, all others have the English ones. What is not in the tables is taken as it is.
https://github.com/tcgdex/cards-database/tree/master/meta/translations
"""

from __future__ import annotations

_LANGUAGES = ("de", "es", "fr", "it", "pt")

_CATEGORIES = """
Energy|Energie|Energía|Énergie|Energia|Energia
Pokemon|Pokémon|Pokémon|Pokémon|Pokémon|Pokémon
Trainer|Trainer|Entrenador|Dresseur|Allenatore|Treinador
"""
_ENERGIES = """
Normal|Basis|Básico|De base|Base|Normal
Special|Spezial|Especial|Spécial|Speciale|Especial
"""
_TRAINERS = """
Ace Spec|ASS-KLASSE|As Táctico|High-Tech|Ace Spec|Ace Spec
Goldenrod Game Corner|Dukatias Spielhalle||Salle de jeu de Doublonville||
Item|Itemkarte|Objeto|Objet|Strumento|Item
Rocket's Secret Machine|Rockets Geheime Maschine|Máquina Secreta de Rocket|Machine secrète des Rocket|Macchina Nascosta|
Stadium|Stadionkarte|Estadio|Stade|Stadio|Estádio
Supporter|Unterstützerkarte|Partidario|Supporter|Aiuto|Apoiador
Technical Machine|Technische Maschine|Máquina Técnica|Machine Technique|Macchinario Tecnico|
Tool|Pokémon-Ausrüstung|Herramienta|Outil|Oggetto|Ferramenta
"""
_STAGES = """
Baby|Baby|Bebé|Bébé|Bambino|Bebê
Basic|Basis|Básico|De base|Base|Básico
BREAK|TURBO|TURBO|TURBO|TURBO|TURBO
LEVEL-UP|Level Up|LEVEL-UP|Niveau Sup|Livello Più|LEVEL-UP
MEGA|MEGA|MEGA|MÉGA|MEGA|MEGA
RESTORED|Erweckt|RECREADO|Restauré|Ricreato|RESTAURADO
Stage1|Rang 1|Fase 1|Niveau 1|Livello 1|Estágio 1
Stage2|Rang 2|Fase 2|Niveau 2|Livello 2|Estágio 2
V-UNION|V-UNION|V-UNIÓN|V-UNION|V-UNION|V-UNION
VMAX|VMAX|VMAX|ESCOUADE|VMAX|VMAX
VSTAR|VSTAR|V-ASTRO|VSTAR|V ASTRO|V-ASTRO
"""
_SUFFIXES = """
GX|||||
Legend|LEGENDE|Leyenda|LÉGENDE|LEGGENDA|LENDA
Prime|Prime|Primigenio|Prime|Prime|Prime
SP|||||
TAG TEAM-GX|TAG TEAM-GX|RELEVOS|TAG TEAM-GX|TAG TEAM-GX|ALIADOS
V|||||
"""
_TYPES = """
Colorless|Farblos|Incolora|Incolore|Incolore|Incolor
Darkness|Unlicht|Oscura|Obscurité|Oscurità|Sombrio
Dragon|Drache|Dragón|Dragon|Drago|Dragão
Fairy|Fee|Hada|Fée|Folletto|Fada
Fighting|Kampf|Lucha|Combat|Lotta|Lutador
Fire|Feuer|Fuego|Feu|Fuoco|Fogo
Grass|Pflanze|Planta|Plante|Erba|Planta
Lightning|Elektro|Rayo|Électrique|Lampo|Elétrico
Metal|Metall|Metálica|Métal|Metallo|Metal
Psychic|Psycho|Psíquico|Psy|Psico|Psíquico
Water|Wasser|Agua|Eau|Acqua|Água
"""
_RARITIES = """
ACE SPEC Rare|ASS-KLASSE|Rara AS TÁCTICO|HIGH-TECG rare|rara ASSO TATTICO|ACE SPEC Raro
Amazing Rare|Atemberaubend|Increíbles|Magnifique|Policrome|Raras Incríveis
Black White Rare|Schwarz-Weiß Selten|Rara Blanca y Negra|Rare Noir Blanc|Rara Bianco e Nero|Rara Preto e Branco
Classic Collection|Klassische Kollektion|Colección Clásica|Collection Classique|Collezione Classica|Coleção Clásica
Common|Häufig|Común|Commune|Comune|Comum
Crown|Couronne|Corona|Couronne|Couronne|Couronne
Double rare|Doppelselten|Rara Doble|Double rare|Rara doppia|Rara Dupla
Four Diamond|Quatre Diamant|Cuatro Diamantes|Quatre Diamants|Quatre Diamant|Quatre Diamants
Full Art Trainer|Vollkunsttrainer|Entrenador de arte completo|Dresseur Full Art|Allenatore d'arte completa|\
Arte Completa de Treinador
Holo Rare|Holografisch Selten|Holo Rara|Holo Rare|Olografica Rara|Rara Holo
Holo Rare V|Holografisch Selten V|Holo Rara V|Holo Rare V|Olografica Rara V|Rara Holo V
Holo Rare VMAX|Holografisch Selten VMAX|Holo Rara VMAX|Holo Rare VMAX|Olografica Rara VMAX|Rara Holo VMAX
Holo Rare VSTAR|Holografisch Selten VSTAR|Holo Rara VSTAR|Holo Rare VSTAR|Olografica Rara VSTAR|Rara Holo VSTAR
Hyper rare|Hyperselten|Rara Híper|Hyper rare|Rara iper|Hiper rara
Illustration rare|Selten, Illustration|Rara Ilustración|Illustration rare|Rara illustrazione|Ilustração Rara
LEGEND|LEGENDE|LEYENDA|LÉGENDE|LEGGENDA|LEGEND
Mega Hyper Rare||Mega Hiper Rara|Méga Hyper Rare|Mega Iper Raro|Mega Hiper Raro
None|Keine|Ninguno|Sans Rareté|Nessuna|None
One Diamond|Une Diamant|Un Diamante|Un Diamant|Une Diamant|Un Diamant
One Shiny|Un Chromatique|One Shiny|Un Chromatique|Un Chromatique|Un Chromatique
One Star|Une Étoile|Una Estrella|Une Étoile|Une Étoile|Une Étoile
Radiant Rare|Selten, Strahlend|Rara Radiante|Radieux Rare|Rara Lucente|Rara Radiante
Rare|Selten|Rara|Rare|Rara|Rara
Rare Holo|Selten, Holografisch|Rara Holo|Rare Holo|Rara Olografica|Rara Holo
Rare Holo LV.X|Selten, Holografisch LV.X|Rara Holo LV.X|Rare Holo LV.X|Rara Olografica LV.X|Rara Holo LV.X
Rare PRIME|selten, Primus|Rara Primigenia|Rare Prime|Super rara|Rara Prime
Secret Rare|Versteckt Selten|Rara Secreta|Magnifique rare|Segreto rara|Rare Secreta
Shiny rare|Shiny rare|Shiny rare|Shiny rare|Shiny rare|Shiny rara
Shiny rare V|Shiny rare V|Shiny rare V|Shiny rare V|Shiny rare V|Shiny rara V
Shiny rare VMAX|Shiny rare VMAX|Shiny rare VMAX|Shiny rare VMAX|Shiny rare VMAX|Shiny rara VMAX
Shiny Ultra Rare|ultraselten, Schillernd|Rara Ultra Variocolor|Chromatique ultra rare|ultrarara cromatica|\
Brilhante Ultra Rara
Special illustration rare|Selten, besondere Illustration|Rara Ilustración Especial|Illustration spéciale rare|\
Rara illustrazione speciale|Ilustração Rara Especial
Three Diamond|Trois Diamant|Tres Diamantes|Trois Diamants|Trois Diamant|Trois Diamants
Three Shiny|Un Chromatique|Three Shiny|Trois Chromatiques|Un Chromatique|Un Chromatique
Three Star|Trois Étoiles|Tres Estrellas|Trois Étoiles|Trois Étoiles|Trois Étoiles
Two Diamond|deux Diamant|Dos Diamantes|Deux Diamants|deux Diamant|deux Diamants
Two Shiny|Deux Chromatique|Two Shiny|Deux Chromatiques|Deux Chromatique|Deux Chromatique
Two Star|deux Étoiles|Dos Estrellas|Deux Étoiles|deux Étoiles|deux Étoiles
Ultra Rare|Ultra Selten|Ultra Rara|Ultra Rare|Ultrarara|Ultra Rara
Uncommon|Ungewöhnlich|Uncommon|Peu Commune|Non comune|Incomum
"""


class Words:
    """One group of words, both ways."""

    def __init__(self, table: str) -> None:
        self._local: dict[tuple[str, str], str] = {}
        self._english: dict[tuple[str, str], str] = {}
        for row in table.strip().splitlines():
            english, *others = row.split("|")
            self._local["en", english.casefold()] = english
            for language, word in zip(_LANGUAGES, others, strict=True):
                self._local[language, english.casefold()] = word or english
                self._english.setdefault((language, word or english), english)

    def local(self, word: str, language: str) -> str:
        """TCGdex's word in ``language`` for an English one, whatever its case."""
        return self._local.get((language if language in _LANGUAGES else "en", word.casefold()), word)

    def english(self, word: str, language: str) -> str:
        """The English word for one in ``language``."""
        return self._english.get((language, word), word)


CATEGORIES = Words(_CATEGORIES)
ENERGIES = Words(_ENERGIES)
RARITIES = Words(_RARITIES)
STAGES = Words(_STAGES)
SUFFIXES = Words(_SUFFIXES)
TRAINERS = Words(_TRAINERS)
TYPES = Words(_TYPES)
ENERGY_WORDS = frozenset(("normal", "special"))
"""The sorts of energy, which a filter by type of card may name beside those of trainers."""
