from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.client import Client, open_desk
from tests.desk.posts.brand_of import Brand, build
from toolkit.desk.house import House


@pytest.fixture
def brand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Brand:
    """A brand with one post for its feed, which Anna has written and a manager has to approve."""
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    made = build(tmp_path)
    made.post()
    made.house.forget()
    return made


@pytest.fixture
def house(brand: Brand) -> House:
    """The brand's, for a desk that is served."""
    return brand.house


@pytest.fixture
def maria(brand: Brand) -> Client:
    """A manager's browser."""
    return open_desk(brand.house).sign_in("maria")


@pytest.fixture
def carla(brand: Brand) -> Client:
    """A community manager's browser."""
    return open_desk(brand.house).sign_in("carla")
