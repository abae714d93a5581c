import pytest

from aiprod.errors import InvalidInput
from aiprod.visuals.motion.spec import (
    Callout,
    ChartSpec,
    MapPlace,
    MapSpec,
    SceneSpec,
    SubjectSpec,
    decode_spec,
    encode_spec,
)

FULL = SceneSpec(
    archetype="forest",
    seed=7,
    subjects=(SubjectSpec(icon="panda", name="panda", x=0.3),),
    callout=Callout(kind="number", text="70 %"),
    chart=ChartSpec(kind="bar", title="", labels=("a", "b"), values=(1.0, 2.0)),
    map=MapSpec(
        lon=12, lat=42, span_degrees=20, places=(MapPlace(name="Rome", lon=12.5, lat=41.9),), route=(0,),
        countries=("380",),
    ),
)  # fmt: skip


def test_a_spec_survives_its_text() -> None:
    assert decode_spec(encode_spec(FULL)) == FULL


def test_equal_specs_have_equal_texts_even_when_a_whole_number_was_given() -> None:
    whole = SubjectSpec(icon="panda", name="panda", x=1, depth=0)
    exact = SubjectSpec(icon="panda", name="panda", x=1.0, depth=0.0)
    assert encode_spec(SceneSpec(archetype="sea", seed=1, subjects=(whole,))) == encode_spec(
        SceneSpec(archetype="sea", seed=1, subjects=(exact,))
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"forest"', '"wood"'), "archetype"),
        (('"seed":7', '"seed":-7'), "seed"),
        (('"seed":7', '"seed":"7"'), "seed"),
        (('"seed":7', '"seed":7,"glitter":1'), "glitter"),
        (('"name":"panda"', '"name":"panda","hat":1'), "subjects.0.hat"),
        (('"start":0.15', '"start":3'), "callout.start"),
        (('"values":[1.0,2.0]', '"values":[1.0]'), "one label a value"),
        (('"route":[0]', '"route":[4]'), "route"),
        (("}", ""), "JSON"),
        (('"#ffd23f"', '"yellow"'), "accent"),
    ],
)
def test_a_wrong_spec_is_refused_with_its_place(change: tuple[str, str], said: str) -> None:
    text = encode_spec(FULL)
    assert change[0] in text
    with pytest.raises(InvalidInput) as caught:
        decode_spec(text.replace(*change, 1))
    assert said in str(caught.value)
