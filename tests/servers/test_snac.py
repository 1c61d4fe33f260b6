import pytest

from tests.servers.snac import Snac


@pytest.mark.server
def test_the_server_lets_two_people_in(snac: Snac) -> None:
    """The fixture is a real server at which alice and bob are logged in as themselves."""
    for person in ("alice", "bob"):
        me = snac.call(person, "GET", "/api/v1/accounts/verify_credentials")
        assert isinstance(me, dict)
        assert me["username"] == person
