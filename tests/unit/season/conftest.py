import pytest

from services.season.county import County, generate


@pytest.fixture(scope="session")
def county() -> County:
    return generate(2_000, 20260101)


@pytest.fixture(scope="session", params=[50, 2_000])
def any_county(request: pytest.FixtureRequest) -> County:
    return generate(request.param, 7)
