"""What can go wrong in the first steps; each message says how to mend it."""


class OnboardingError(ValueError):
    """Something cannot be used as it was given; the message says why and what to write instead."""
