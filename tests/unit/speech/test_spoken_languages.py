"""Spanish, Italian, Portuguese and German as a careful newsreader reads them aloud."""

import pytest

from aiprod.speech.spoken import spoken_words

SPANISH = {
    "Tiene 3 corazones.": "Tiene tres corazones.",
    "1.234.567 personas": "un millón doscientas treinta y cuatro mil quinientas sesenta y siete personas",
    "21 años": "veintiún años",
    "1 hora": "una hora",
    "3,5 km": "tres coma cinco kilómetros",
    "1 km": "un kilómetro",
    "120 km/h": "ciento veinte kilómetros por hora",
    "20 °C": "veinte grados Celsius",
    "500 m²": "quinientos metros cuadrados",
    "71 %": "setenta y uno por ciento",
    "el siglo XIX": "el siglo diecinueve",
    "Felipe II": "Felipe segundo",
    "Alfonso XIII": "Alfonso trece",
    "en 1492": "en mil cuatrocientos noventa y dos",
    "15/03/2024": "quince de marzo de dos mil veinticuatro",
    "14:30": "catorce y treinta",
    "1936-1939": "mil novecientos treinta y seis a mil novecientos treinta y nueve",
    "5 €": "cinco euros",
    "3,50 €": "tres euros cincuenta",
    "2 millones de km": "dos millones de kilómetros",
    "Sr. García": "Señor García",
    "EE. UU. ganó": "Estados Unidos ganó",
    "el 1.º de mayo": "el primero de mayo",
    "la 2.ª vez": "la segunda vez",
    "3/4": "tres cuartos",
    "2/5": "dos quintos",
    "pan & vino": "pan y vino",
    "el ADN": "el a de ene",
    "la ONU": "la ONU",
    "200 personas": "doscientas personas",
    "pág. 5": "página cinco",
    "-5 °C": "menos cinco grados Celsius",
    "a las 9:00": "a las nueve horas",
    "100 a. C.": "cien antes de Cristo.",
}

ITALIAN = {
    "Ha 3 cuori.": "Ha tre cuori.",
    "1.234.567 stelle": "un milione duecentotrentaquattromilacinquecentosessantasette stelle",
    "1 ora": "un' ora",
    "3,5 km": "tre virgola cinque chilometri",
    "1 km": "un chilometro",
    "120 km/h": "centoventi chilometri orari",
    "20 °C": "venti gradi Celsius",
    "500 m²": "cinquecento metri quadrati",
    "71%": "settantuno per cento",
    "il XIX secolo": "il diciannovesimo secolo",
    "Vittorio Emanuele II": "Vittorio Emanuele secondo",
    "Luigi XIV": "Luigi quattordicesimo",
    "nel 1861": "nel milleottocentosessantuno",
    "15/03/2024": "quindici marzo duemilaventiquattro",
    "14:30": "quattordici e trenta",
    "1915-1918": "millenovecentoquindici a millenovecentodiciotto",
    "5 €": "cinque euro",
    "3,50 €": "tre euro cinquanta",
    "2 milioni di km": "due milioni di chilometri",
    "il Sig. Rossi": "il Signor Rossi",
    "il Dott. Bianchi": "il Dottor Bianchi",
    "la 2ª volta": "la seconda volta",
    "3/4": "tre quarti",
    "2/5": "due quinti",
    "pane & vino": "pane e vino",
    "l'ONU": "l'ONU",
    "il DNA": "il di enne a",
    "79 d.C.": "settantanove dopo Cristo.",
    "8 maggio": "otto maggio",
    "1° maggio": "primo maggio",
    "-5 °C": "meno cinque gradi Celsius",
    "pag. 5": "pagina cinque",
}

PORTUGUESE = {
    "Tem 3 corações.": "Tem três corações.",
    "1.234.567 pessoas": "um milhão duzentas e trinta e quatro mil quinhentas e sessenta e sete pessoas",
    "2 horas": "duas horas",
    "1 hora": "uma hora",
    "3,5 km": "três vírgula cinco quilômetros",
    "1 km": "um quilômetro",
    "120 km/h": "cento e vinte quilômetros por hora",
    "20 °C": "vinte graus Celsius",
    "500 m²": "quinhentos metros quadrados",
    "71%": "setenta e um por cento",
    "o século XIX": "o século dezenove",
    "Pedro II": "Pedro segundo",
    "Luís XIV": "Luís catorze",
    "em 1822": "em mil oitocentos e vinte e dois",
    "15/03/2024": "quinze de março de dois mil e vinte e quatro",
    "14h30": "catorze e trinta",
    "R$ 5": "cinco reais",
    "5 €": "cinco euros",
    "2 milhões de km": "dois milhões de quilômetros",
    "o Sr. Silva": "o Senhor Silva",
    "a Dra. Lima": "a Doutora Lima",
    "a 2ª vez": "a segunda vez",
    "o 1º lugar": "o primeiro lugar",
    "3/4": "três quartos",
    "2/5": "dois quintos",
    "pão & vinho": "pão e vinho",
    "a ONU": "a ONU",
    "o DNA": "o dê ene a",
    "200 pessoas": "duzentas pessoas",
    "-5 °C": "menos cinco graus Celsius",
    "1939-1945": "mil novecentos e trinta e nove a mil novecentos e quarenta e cinco",
    "pág. 5": "página cinco",
}

GERMAN = {
    "Er hat 3 Herzen.": "Er hat drei Herzen.",
    "1.234.567 Sterne": "eine Million zweihundertvierunddreißigtausendfünfhundertsiebenundsechzig Sterne",
    "3,5 km": "drei Komma fünf Kilometer",
    "120 km/h": "einhundertzwanzig Kilometer pro Stunde",
    "20 °C": "zwanzig Grad Celsius",
    "71 %": "einundsiebzig Prozent",
    "im 19. Jahrhundert": "im neunzehnten Jahrhundert",
    "Ludwig XIV.": "Ludwig der vierzehnte.",
    "1939 bis 1945": "neunzehnhundertneununddreißig bis neunzehnhundertfünfundvierzig",
    "am 3. Oktober 1990": "am dritten Oktober neunzehnhundertneunzig",
    "14:30 Uhr": "vierzehn Uhr dreißig",
    "5 €": "fünf Euro",
    "z. B. Katzen": "zum Beispiel Katzen",
    "3/4": "drei Viertel",
}

TABLES = {"es": SPANISH, "it": ITALIAN, "pt": PORTUGUESE, "de": GERMAN}
CASES = [(language, written, spoken) for language, table in TABLES.items() for written, spoken in table.items()]


@pytest.mark.parametrize(("language", "written", "spoken"), CASES)
def test_each_language_is_read_as_its_newsreaders_read_it(language: str, written: str, spoken: str) -> None:
    assert " ".join(word.spoken for word in spoken_words(written, language)) == spoken


@pytest.mark.parametrize("language", TABLES)
def test_nothing_but_letters_is_left_to_say(language: str) -> None:
    for written in TABLES[language]:
        assert not any(symbol.isdigit() for word in spoken_words(written, language) for symbol in word.spoken), written
