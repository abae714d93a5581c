from aiprod.visuals.motion.geography.labelling import Box, place_labels
from aiprod.visuals.motion.graphics.areas import Area

AREA = Area(left=30, top=50, width=300, height=250)


def test_crowded_names_lie_clear_of_each_other_of_pins_and_of_the_edges() -> None:
    pins = [(120.0, 140.0), (135.0, 122.0), (160.0, 130.0), (178.0, 150.0), (150.0, 190.0), (118.0, 200.0)]
    boxes = place_labels(pins, [(70.0, 20.0)] * 6, AREA, 24.0)
    for index, box in enumerate(boxes):
        assert box.left >= AREA.left
        assert box.left + box.width <= AREA.right
        assert box.top >= AREA.top
        assert box.top + box.height <= AREA.bottom
        for other in boxes[index + 1 :]:
            assert box.overlap(other) == 0
        for place, (x, y) in enumerate(pins):
            if place != index:
                assert box.overlap(Box(left=x - 9, top=y - 24, width=18, height=24)) == 0


def test_a_lone_name_stands_over_its_pin_and_one_at_the_edge_beside_it() -> None:
    (box,) = place_labels([(180.0, 200.0)], [(60.0, 20.0)], AREA, 24.0)
    assert box.left + box.width / 2 == 180.0
    assert box.top + box.height < 200.0 - 24.0
    (pushed,) = place_labels([(328.0, 200.0)], [(60.0, 20.0)], AREA, 24.0)
    assert pushed.left + pushed.width <= AREA.right
