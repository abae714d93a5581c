"""What holds for every test: generated examples are the same ones in every run, so that green stays green.

`pytest --hypothesis-profile=default` looks for new ones.
"""

from hypothesis import settings

settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")

pytest_plugins = ["tests.emulators", "tests.terraform.fixtures"]
