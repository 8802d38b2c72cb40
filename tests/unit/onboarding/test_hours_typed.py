"""Hours typed at a prompt become hours of a profile."""

import pytest
import yaml

from jawab.knowledge.hours import WeeklyHours
from jawab.onboarding.errors import OnboardingError
from jawab.onboarding.hours_typed import as_in_a_profile


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("always", "always"),
        ("9:00-21:00", {"every_day": "9:00-21:00"}),
        ("09:00-13:00, 16:00-20:00", {"every_day": "09:00-13:00, 16:00-20:00"}),
        ("fri 10:00-12:00", {"fri": "10:00-12:00"}),
        ("Sat-Mon 9:00-17:00;", dict.fromkeys(("sat", "sun", "mon"), "9:00-17:00")),
        ("thu-sat 9:00-17:00", dict.fromkeys(("thu", "fri", "sat"), "9:00-17:00")),
        (
            "sat 9:00-17:00; thu 9:00-13:00",
            {"sat": "9:00-17:00", "thu": "9:00-13:00"},
        ),
    ],
)
def test_what_is_typed_is_what_the_profile_says(typed, meant):
    written = yaml.safe_load(as_in_a_profile(typed))
    assert written == meant
    assert WeeklyHours.parse(written) == WeeklyHours.parse(meant)


@pytest.mark.parametrize(
    "typed",
    ["", ";", "nine to five", "9-17", "25:00-26:00", "sat-wed", "sat-moo 9:00-17:00", "sat 9:00-10:00; sat 11:00-12:00"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_what_can(typed):
    with pytest.raises(OnboardingError, match="write always, 09:00-21:00"):
        as_in_a_profile(typed)
