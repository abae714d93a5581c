"""The code that registering needs."""

import re

import pytest

from aiprod.accounts.access_codes import AccessCodes
from aiprod.accounts.users import Users, any_admin
from aiprod.errors import NotAllowed


def test_a_code_has_eight_capitals_and_digits_that_nobody_mistakes(codes: AccessCodes) -> None:
    drawn = {codes.rotate().code for _ in range(50)}
    assert len(drawn) == 50
    assert all(re.fullmatch(r"[A-HJ-NP-Z1-9]{8}", code) for code in drawn)


def test_the_code_turns_each_hour_and_the_one_before_counts_ten_minutes_more(codes, clock) -> None:
    first = codes.current()
    clock.at += 3599
    assert codes.current() == first
    clock.at += 1
    second = codes.current()
    assert second.code != first.code
    assert codes.accepts(first.code) and codes.accepts(second.code)
    clock.at += 599
    assert codes.accepts(first.code)
    clock.at += 1
    assert not codes.accepts(first.code)
    assert codes.accepts(second.code)


def test_a_code_that_nobody_looked_at_for_hours_counts_no_more(codes, clock) -> None:
    old = codes.current().code
    clock.at += 5 * 3600
    assert not codes.accepts(old)


def test_an_admin_may_turn_it_early(codes, clock) -> None:
    first = codes.current().code
    second = codes.rotate().code
    assert codes.accepts(first) and codes.accepts(second)
    clock.at += 601
    assert not codes.accepts(first)


def test_a_code_is_taken_as_people_type_it(codes: AccessCodes) -> None:
    code = codes.current().code
    assert codes.accepts(f" {code[:4].lower()}-{code[4:]} ")
    assert not codes.accepts("") and not codes.accepts("ÄÖÜ")


def test_the_first_admins_code_opens_one_account(codes: AccessCodes, users: Users) -> None:
    code = codes.first_admin()
    assert codes.first_admin() == code
    assert not any_admin(users.documents)
    assert users.register("jane@mail.org", "correct horse", code).admin
    assert any_admin(users.documents)
    with pytest.raises(NotAllowed):
        users.register("john@mail.org", "correct horse", code)
    assert not users.register("john@mail.org", "correct horse", codes.current().code).admin
