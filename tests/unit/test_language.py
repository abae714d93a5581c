import pytest

from aiprod.language import guess_language

THEMES = {
    "en": """The secret life of giant pandas|Black holes|How volcanoes work|The fall of Rome|Octopus intelligence|Why do we dream?
    |Coffee|The history of chocolate|Honey bees|Ancient Egypt|The Great Wall of China|Deep sea creatures|World War II|Tigers
    |Who was Cleopatra?|A day in the life of a samurai|Lightning|The first computer|Wolves of Yellowstone|Climate change
    |Shakespeare's plays|Saving the whales|Northern lights|Quantum physics explained|Space""",
    "fr": """La vie secrète des pandas géants|Les trous noirs|Comment naissent les étoiles ?|L'eau|Les abeilles|Le Titanic|Napoléon
    |La Révolution française|Le pain|Les châteaux de la Loire|Pourquoi rêvons-nous ?|La tour Eiffel|Le chocolat|Les loups
    |Marie Curie et le radium|L'histoire du fromage|Un voyage sur Mars|Les pandas|Le cerveau humain|Jeanne d'Arc
    |Les dinosaures|Qui a inventé l'ordinateur ?|Les baleines à bosse|Le Mont-Saint-Michel|Volcans d'Auvergne""",
    "es": """La vida secreta de los pandas gigantes|Los agujeros negros|El hierro|El imperio romano|¿Cómo nacen las estrellas?
    |Los incas|Las abejas|El café|La historia del chocolate|Machu Picchu y los incas|La luna|El cuerpo humano|Los volcanes
    |Frida Kahlo y sus colores|El agua|Las pirámides de Egipto|Cristóbal Colón|Los lobos|La Revolución mexicana|El fútbol
    |Por qué soñamos|Los dinosaurios|La ballena azul|El tango argentino|Don Quijote de la Mancha""",
    "it": """La vita segreta dei panda giganti|I buchi neri|Il ferro|L'impero romano|Come nascono le stelle?|Gli etruschi
    |Le api|Il caffè|La storia della pizza|La luna|Il corpo umano|I vulcani|Leonardo da Vinci e le sue macchine|L'acqua
    |Le piramidi d'Egitto|Cristoforo Colombo|I lupi|Il Rinascimento|Il calcio|Perché sogniamo|I dinosauri|Il Colosseo
    |Pompei: la città sepolta|Gli elefanti|La balena azzurra""",
    "pt": """A vida secreta dos pandas gigantes|Os buracos negros|O ferro|O império romano|Como nascem as estrelas?|Os incas
    |As abelhas|O café|A história do Brasil|A lua|O corpo humano|Os vulcões|Os descobrimentos portugueses|A água
    |As pirâmides do Egito|Cristóvão Colombo|Os lobos|A floresta amazônica|O futebol|Por que sonhamos|Os dinossauros
    |A baleia azul|O fado de Lisboa|Os elefantes|Pedro Álvares Cabral""",
    "de": """Das geheime Leben der Pandas|Schwarze Löcher|Das Eisen|Das Römische Reich|Wie entstehen Sterne?|Bienen|Kaffee
    |Die Geschichte des Brotes|Der Mond|Der menschliche Körper|Vulkane|Die Berliner Mauer|Das Wasser|Die Pyramiden von Gizeh
    |Christoph Kolumbus|Wölfe|Der Zweite Weltkrieg|Fußball|Warum träumen wir?|Dinosaurier|Der Blauwal|Schloss Neuschwanstein
    |Johann Wolfgang von Goethe|Elefanten|Die Entdeckung des Feuers""",
}
CASES = [(language, " ".join(theme.split())) for language, themes in THEMES.items() for theme in themes.split("|")]


def test_nearly_all_short_themes_are_guessed_right() -> None:
    wrong = [(language, guess_language(theme), theme) for language, theme in CASES if guess_language(theme) != language]
    assert len(CASES) >= 140
    assert len(wrong) <= 4, wrong


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Every morning she walks to the river and counts the boats that come back."),
        ("fr", "Chaque matin elle marche jusqu'à la rivière et compte les bateaux qui reviennent."),
        ("es", "Cada mañana camina hasta el río y cuenta los barcos que regresan."),
        ("it", "Ogni mattina cammina fino al fiume e conta le barche che ritornano."),
        ("pt", "Todas as manhãs ela caminha até o rio e conta os barcos que voltam."),
        ("de", "Jeden Morgen geht sie zum Fluss und zählt die Boote, die zurückkommen."),
    ],
)
def test_a_sentence_is_guessed_right(language: str, text: str) -> None:
    assert guess_language(text) == language
    assert guess_language(text.upper()) == language


def test_what_says_nothing_is_english() -> None:
    assert [guess_language(text) for text in ("", "   ", "1984", "???", "東京")] == ["en"] * 5
