import pytest

from aiprod.prompts.figures import find_figures


@pytest.mark.parametrize(
    ("text", "language", "value", "shown", "unit"),
    [
        ("La Terre a 4,6 milliards d'années", "fr", 4.6e9, "4,6 milliards d'années", "années"),
        ("Water covers 70% of the planet", "en", 70, "70%", "%"),
        ("L'eau couvre 70 % de la planète", "fr", 70, "70 %", "%"),
        ("Everest is 8,849 metres high", "en", 8849, "8,849 metres", "metres"),
        ("L'Everest culmine à 8 849 mètres", "fr", 8849, "8 849 mètres", "mètres"),
        ("Pesa 1.500 kilos", "es", 1500, "1.500 kilos", "kilos"),
        ("Misura 3,5 metri", "it", 3.5, "3,5 metri", "metri"),
        ("Custa 12 mil euros", "pt", 12_000, "12 mil euros", "euros"),
        ("It cost $3.5 million", "en", 3.5e6, "$3.5 million", "$"),
        ("At -40 °C nothing melts", "en", -40, "-40 °C", "°C"),
        ("Adults weigh 100 to 115 kg", "en", 115, "100–115 kg", "kg"),
        ("Males are 10–20% larger", "en", 20, "10–20%", "%"),
        ("Il pèse de 80 à 120 kilos", "fr", 120, "80–120 kilos", "kilos"),
        ("Mide entre 1,2 a 1,9 metros", "es", 1.9, "1,2–1,9 metros", "metros"),
        ("A cheetah runs at 120 km/h", "en", 120, "120 km/h", "km/h"),
    ],
)
def test_a_figure_is_read_as_its_language_writes_it(
    text: str, language: str, value: float, shown: str, unit: str
) -> None:
    (figure,) = find_figures(text, language)
    assert (figure.value, figure.text, figure.unit, figure.year) == (value, shown, unit, False)


def test_a_year_is_a_year_and_a_count_is_not() -> None:
    year, count = find_figures("In 1912 the Titanic sank with 1,500 people.", "en")
    assert (year.value, year.year) == (1912, True)
    assert (count.value, count.year) == (1500, False)


def test_centuries_and_ranks_are_no_figures() -> None:
    assert find_figures("au 19e siècle", "fr") == ()
    assert find_figures("the 2nd time", "en") == ()


def test_each_figure_of_a_comparison_knows_what_it_is_about() -> None:
    figures = find_figures("China has 1,864 pandas, Japan 12, and Germany 4.", "en")
    assert [(figure.label, figure.value) for figure in figures] == [("China", 1864), ("Japan", 12), ("Germany", 4)]


def test_a_figure_is_about_what_has_it_not_about_what_it_does() -> None:
    assert [figure.label for figure in find_figures("Les océans couvrent 71 % de la planète.", "fr")] == ["océans"]
    assert [f.label for f in find_figures("forests cover 31% of the land, deserts cover 33%", "en")] == ["forests", "deserts"]


def test_the_day_of_a_date_is_no_figure() -> None:
    assert [figure.value for figure in find_figures("On April 15, 1912, more than 1,500 died.", "en")] == [1912, 1500]
    assert [figure.value for figure in find_figures("Le 21 juillet 1969", "fr")] == [1969]


def test_shares_told_year_by_year_are_labelled_by_their_years() -> None:
    figures = find_figures("Prices rose 8% in 2022, 4% in 2023 and 3% in 2024.", "en")
    assert [(figure.label, figure.value) for figure in figures if figure.unit] == [
        ("2022", 8),
        ("2023", 4),
        ("2024", 3),
    ]


@pytest.mark.parametrize(("text", "language", "shown"), [
    ("Augustus ruled from 27 BC to AD 14, and the Empire split in AD 395.", "en", []),
    ("En 52 av. J.-C., César battit 80 000 hommes.", "fr", ["80 000"]),
    ("Nel 44 a.C. Cesare morì.", "it", []),
    ("Im Jahr 9 n. Chr. fielen 20.000 Mann.", "de", ["20.000"]),
    ("En el año 218 a. C. cruzó los Alpes.", "es", []),
])  # fmt: skip
def test_a_date_of_antiquity_is_no_count(text: str, language: str, shown: list[str]) -> None:
    assert [figure.text for figure in find_figures(text, language)] == shown
