import gzip
import json
import socket
import ssl
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest

from tests.servers.pretend import PretendServer
from tests.servers.pretend import Reply as Said
from tests.web.desk import Desk, OneTalk
from toolkit.web import BadReply, Blocked, NotSent, Reply, Reset, Uncertain, Web, WebError


@pytest.fixture
def desk() -> Iterator[Desk]:
    server = Desk()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def web(desk: Desk) -> Web:
    return Web(allowed_hosts=frozenset({desk.place}))


def test_a_configured_server_may_be_private_and_others_may_not(desk: Desk, web: Web) -> None:
    """Only host and port that an account names are let through; the same machine on another port is not."""
    reply = web.get(desk.url())
    assert (reply.status, reply.ok, reply.json()) == (200, True, {"plain": True})
    assert reply.headers["x-seen"] == "yes"
    for elsewhere in (
        Web(),
        Web(allowed_hosts=frozenset({"localhost:1"})),
        Web(allowed_hosts=frozenset({"localhost"})),
    ):
        with pytest.raises(Blocked):
            elsewhere.get(desk.url())
    assert len(desk.asked) == 1


def test_who_asks_is_said_and_connections_are_not_kept(desk: Desk, web: Web) -> None:
    """Every request names Leitstand and asks for a fresh connection."""
    web.get(desk.url())
    _method, _path, headers, _body = desk.asked[0]
    assert headers["user-agent"] == "leitstand/0.1"
    assert headers["connection"] == "close"
    assert headers["host"] == desk.place


def test_forms_json_and_files_arrive_whole(desk: Desk, web: Web) -> None:
    """The four kinds of bodies, and a query beside an existing one."""
    web.request("POST", desk.url(), form={"a": "ä", "b[]": ["1", "2"]})
    web.request("PUT", desk.url(), json={"a": "ä"})
    big = bytes(range(256)) * 2000
    web.request("POST", desk.url(), form={"alt": "Tür"}, files={"file": ("tür.png", big, "image/png")})
    web.request("GET", desk.url("/plain"), params={"q": "ä b"})
    web.request("POST", desk.url(), content=big, headers={"Content-Type": "image/png"})
    bodies = [body for _method, _path, _headers, body in desk.asked]
    assert parse_qs(bodies[0].decode()) == {"a": ["ä"], "b[]": ["1", "2"]}
    assert json.loads(bodies[1]) == {"a": "ä"}
    assert big in bodies[2]
    assert bodies[4] == big
    assert desk.asked[4][2]["content-type"] == "image/png"
    assert "Tür".encode() in bodies[2]
    assert desk.asked[3][1] == "/plain?q=%C3%A4+b" or desk.asked[3][1] == "/plain?q=%C3%A4%20b"


def test_proxies_of_the_environment_are_not_used(desk: Desk, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would look names up itself; the request goes straight to the server."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert web.get(desk.url()).ok


def test_a_redirect_is_followed_for_reads_only(desk: Desk, web: Web) -> None:
    """A GET ends at the target; a POST gets the redirect itself, since repeating it is not ours to decide."""
    target = desk.url("/plain")
    for status in (301, 302, 303, 307, 308):
        assert web.get(desk.url(f"/to?status={status}&url={target}")).json() == {"plain": True}
    assert web.get(desk.url("/to?url=/plain")).json() == {"plain": True}
    assert web.request("POST", desk.url(f"/to?url={target}"), json={}).status == 302


def test_a_loop_of_redirects_ends(desk: Desk, web: Web) -> None:
    """Five hops are enough for anybody."""
    with pytest.raises(Uncertain, match="redirects more than 5 times"):
        web.get(desk.url("/loop"))
    assert len(desk.asked) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/",
        "file:///etc/passwd",
        "ftp://example.com/",
        "http://[::1]/",
    ],
)
def test_every_hop_is_checked(desk: Desk, web: Web, target: str) -> None:
    """A server that is allowed cannot send us to one that is not."""
    with pytest.raises(Blocked):
        web.get(desk.url(f"/to?url={target}"))


def test_a_foreign_server_cannot_send_us_to_a_configured_one(desk: Desk) -> None:
    """An account's private server is reached by its own name only, not through a redirect of a stranger's."""

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "stranger.example"
        return httpx.Response(302, headers={"Location": desk.url("/plain")})

    addresses = {"stranger.example": ["8.8.8.8"], "localhost": ["127.0.0.1"]}
    web = Web(
        httpx.MockTransport(answer),
        resolver=lambda host, _port: addresses[host],
        allowed_hosts=frozenset({desk.place}),
    )
    with pytest.raises(Blocked, match=r"127\.0\.0\.1"):
        web.get("http://stranger.example/")
    assert desk.asked == []


def test_credentials_do_not_follow_to_another_host() -> None:
    """Token, cookie and key stay with the origin they were meant for; within it they are sent again."""
    seen: list[tuple[str, bool]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.host, "authorization" in request.headers or "cookie" in request.headers))
        hops = {"/1": "/2", "/2": "https://other.example/3", "/3": "https://one.example/4"}
        if request.url.path in hops:
            return httpx.Response(302, headers={"Location": hops[request.url.path]})
        return httpx.Response(200)

    web = Web(httpx.MockTransport(answer), resolver=lambda _host, _port: ["8.8.8.8"])
    web.get("https://one.example/1", headers={"Authorization": "Bearer t", "Cookie": "c=1"})
    assert seen == [("one.example", True), ("one.example", True), ("other.example", False), ("one.example", False)]


def test_the_checked_address_is_the_one_connected_to(desk: Desk) -> None:
    """A name that changes between check and connection changes nothing: it is looked up once."""
    asked: list[str] = []

    def turncoat(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    place = f"rebinding.example:{desk.server_port}"
    web = Web(resolver=turncoat, allowed_hosts=frozenset({place}))
    assert web.get(f"http://{place}/").json() == {"plain": True}
    assert asked == ["rebinding.example"]
    assert desk.asked[0][2]["host"] == place


def test_a_name_that_turns_private_at_the_next_hop_is_blocked(desk: Desk) -> None:
    """Each hop is looked up and checked anew."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    redirect = httpx.MockTransport(lambda _request: httpx.Response(302, headers={"Location": "/next"}))
    web = Web(redirect, resolver=lambda _host, _port: next(answers))
    with pytest.raises(Blocked):
        web.get("http://rebinding.example/")


def test_the_next_address_is_tried_when_one_refuses(desk: Desk) -> None:
    """A name with several addresses is reached through the one that answers."""
    place = f"several.example:{desk.server_port}"
    web = Web(resolver=lambda _host, _port: ["127.0.0.2", "::1", "127.0.0.1"], allowed_hosts=frozenset({place}))
    assert web.get(f"http://{place}/").ok


def test_a_refused_connection_is_proof_that_nothing_was_sent() -> None:
    """Nobody listens: `NotSent`, so a post may be sent again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"localhost:{probe.getsockname()[1]}"
        with pytest.raises(NotSent, match="nothing was sent"):
            Web(allowed_hosts=frozenset({place})).request("POST", f"http://{place}/", json={})


def test_a_failed_tls_handshake_is_proof_that_nothing_was_sent(tmp_path: Path) -> None:
    """A certificate nobody vouches for ends the connection before a byte of the request."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    subprocess.run(
        [*make, "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    received: list[bytes] = []

    def talk(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) as tls:
                received.append(tls.recv(1000))
        except OSError:
            connection.close()

    with OneTalk(talk) as place, pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
        Web(allowed_hosts=frozenset({place})).request("POST", f"https://{place}/", json={"secret": 1})
    assert b"secret" not in b"".join(received)


# what the server says after it has read the request; None: it hangs up without reading, "": it says nothing
TALKS: dict[str, bytes | None] = {
    "hangs up at once": None,
    "hangs up after the request": b"",
    "answers nonsense": b"SSH-2.0-nonsense\r\n\r\n",
    "stops within the headers": b"HTTP/1.1 200 OK\r\nA",
    "stops within the body": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
    "stops within a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
}


@pytest.mark.parametrize("kind", TALKS)
def test_after_the_first_byte_nobody_knows(kind: str) -> None:
    """Whatever breaks once the request is on its way is `Reset`, never `NotSent`, and is sent once."""
    words = TALKS[kind]

    def talk(connection: socket.socket) -> None:
        if words is not None:
            connection.recv(100_000)
            connection.sendall(words)

    with OneTalk(talk) as place, pytest.raises(Reset):
        Web(allowed_hosts=frozenset({place})).request("POST", f"http://{place}/", json={"text": "x"}, timeout=5)


def test_silence_is_uncertain() -> None:
    """A server that takes the request and says nothing may have done everything."""

    def listen(connection: socket.socket) -> None:
        while connection.recv(100_000):
            pass

    with OneTalk(listen) as place:
        web = Web(allowed_hosts=frozenset({place}))
        with pytest.raises(Uncertain) as caught:
            web.request("POST", f"http://{place}/", json={"text": "x"}, timeout=1.5)  # as below
        assert type(caught.value) is Uncertain


def test_a_read_survives_two_dropped_connections(desk: Desk, web: Web) -> None:
    """A GET is asked three times at most; a POST that was dropped is never repeated."""
    assert web.get(desk.url("/drop?times=2")).ok
    assert len(desk.asked) == 3
    desk.drops = 0
    with pytest.raises(Reset):
        web.get(desk.url("/drop?times=3"))
    assert len(desk.asked) == 6
    desk.drops = 0
    with pytest.raises(Reset):
        web.request("POST", desk.url("/drop?times=1"), json={})
    assert len(desk.asked) == 7


def test_time_is_limited_for_the_whole_exchange(desk: Desk, web: Web) -> None:
    """A server that drips a byte now and then is given up when the time is over."""
    with pytest.raises(Uncertain, match=r"timed out|out of time"):
        web.get(desk.url("/slow"), timeout=1.5)  # enough for a busy machine to have begun


def test_no_time_left_is_proof_that_nothing_was_sent(desk: Desk, web: Web) -> None:
    """A request without time does not begin."""
    with pytest.raises(NotSent):
        web.request("POST", desk.url(), json={}, timeout=0)
    assert desk.asked == []


def test_size_is_limited(desk: Desk, web: Web) -> None:
    """Exactly the limit is read, one byte more is not."""
    assert len(web.request("GET", desk.url("/big?size=5000"), max_bytes=5000).body) == 5000
    with pytest.raises(Uncertain, match="more than 4999 bytes"):
        web.request("GET", desk.url("/big?size=5000"), max_bytes=4999)


def test_a_compressed_bomb_stays_small(desk: Desk, web: Web) -> None:
    """100 MB in 100 kB are never unpacked: reading them needs no more memory than the limit allows."""
    import tracemalloc

    assert web.get(desk.url("/packed?size=100000")).body == b"0" * 100_000
    bomb = gzip.compress(b"0" * 100_000_000)
    transport = httpx.MockTransport(
        lambda _request: httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Stream(bomb))
    )
    web = Web(transport, resolver=lambda _host, _port: ["8.8.8.8"])
    tracemalloc.start()
    with pytest.raises(Uncertain, match="more than 1000000 bytes"):
        web.request("GET", "http://bomb.example/", max_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


class Stream(httpx.SyncByteStream):
    """A body that is not read before it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __iter__(self) -> Iterator[bytes]:
        yield self._data


def test_a_broken_or_unknown_packing_is_uncertain(desk: Desk, web: Web) -> None:
    """Cut-off gzip, data that is no gzip, and encodings we did not ask for."""
    for path in ("/cut", "/odd"):
        with pytest.raises(Uncertain):
            web.get(desk.url(path))
    with pytest.raises(zlib.error):
        zlib.decompress(b"no gzip", 47)


def test_what_is_not_json_says_what_it_is(desk: Desk, web: Web) -> None:
    """The error names address, status and the beginning of what came instead."""
    with pytest.raises(BadReply, match=r"/text answered 502 .*'<html>Bad Gateway'"):
        web.get(desk.url("/text")).json()
    with pytest.raises(BadReply):
        Reply(200, {}, b"[" * 100_000).json()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError("x"), NotSent),
        (httpx.ConnectTimeout("x"), NotSent),
        (httpx.PoolTimeout("x"), NotSent),
        (httpx.UnsupportedProtocol("x"), NotSent),
        (httpx.ReadError("x"), Reset),
        (httpx.WriteError("x"), Reset),
        (httpx.CloseError("x"), Reset),
        (httpx.RemoteProtocolError("x"), Reset),
        (httpx.ReadTimeout("x"), Uncertain),
        (httpx.WriteTimeout("x"), Uncertain),
        (httpx.LocalProtocolError("x"), Uncertain),
        (httpx.ProxyError("x"), Uncertain),
    ],
)
def test_every_error_of_the_transport_is_one_of_ours(error: httpx.TransportError, expected: type[WebError]) -> None:
    """No exception of the HTTP library gets through, and only the early ones prove that nothing was sent."""

    def fail(_request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(WebError) as caught:
        Web(httpx.MockTransport(fail), resolver=lambda _host, _port: ["8.8.8.8"]).request("POST", "http://a.example/")
    assert type(caught.value) is expected


@pytest.mark.parametrize("headers", [{"A": "b\r\nC: d"}, {"A\n": "b"}, {"A": "\u20ac"}, {"": "b"}])
def test_headers_cannot_be_smuggled(desk: Desk, web: Web, headers: dict[str, str]) -> None:
    """A header with a line break or without a name is refused before anything is sent."""
    with pytest.raises(NotSent):
        web.request("POST", desk.url(), headers=headers, json={})
    assert desk.asked == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_secret_in_an_address_is_never_shown(pretend: PretendServer, method: str) -> None:
    """Neither an error, its cause or context, nor the answer names it, plain or percent-encoded; the server gets it."""
    secret = "123:A-b/ü"
    pretend.routes[f"{method} /bot*"] = lambda _request: Said(200, {})
    web = Web(allowed_hosts=frozenset({pretend.host_port}))
    reply = web.hiding(secret, "").request(method, f"{pretend.address}/bot123:A-b%2F%C3%BC/ping")
    assert pretend.requests[-1].path == "/bot123:A-b%2F%C3%BC/ping"
    assert reply.url == f"{pretend.address}/bot…/ping"
    with pytest.raises(BadReply) as nonsense:
        Reply(200, {}, b"<html>", reply.url).json()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{free.getsockname()[1]}"
        # Bound and not listening: nobody else can take it meanwhile.
        with pytest.raises(NotSent) as refused:
            Web(allowed_hosts=frozenset({nobody})).hiding("123:A").request(method, f"http://{nobody}/bot123:A/x")
    with pytest.raises(Blocked) as blocked:
        web.hiding("123:A").request(method, "ftp://a.example/bot123:A/x")
    for error in (nonsense.value, refused.value, blocked.value):
        assert "123:A" not in str(error)
        assert error.__cause__ is None
        assert error.__context__ is None or "123:A" not in str(error.__context__)


def test_a_token_that_the_network_repeats_is_not_read(pretend: PretendServer) -> None:
    """Networks name a token in their complaint about it; a word too short for a secret stays."""
    pretend.routes["POST /x"] = lambda _request: Said(
        400, {"error": "Malformed access token canary-5f1d7c"}, {"X-Why": "canary-5f1d7c"}
    )
    web = Web(allowed_hosts=frozenset({pretend.host_port})).hiding("canary-5f1d7c", "access")
    reply = web.request("POST", f"{pretend.address}/x")
    assert reply.json() == {"error": "Malformed access token …"}
    assert reply.headers["x-why"] == "…"


@pytest.mark.parametrize("body", [b'{"id": NaN}', b"[1e999]", b"-Infinity"])
def test_numbers_that_are_none_are_no_json(body: bytes) -> None:
    """Python reads them, JSON has them not, and no adapter can count with them."""
    with pytest.raises(BadReply):
        Reply(200, {}, body).json()


def test_a_client_that_hides_nothing_keeps_the_cause(web: Web) -> None:
    """Hiding makes another client; the one it was made of still tells everything."""
    web.hiding("secret")
    with pytest.raises(Blocked, match="secret"):
        web.get("ftp://a.example/secret")


def test_the_client_needs_no_http_library_until_it_is_used() -> None:
    """`toolkit.web` is imported everywhere, also where httpx is not installed."""
    code = "import sys; sys.modules['httpx'] = sys.modules['httpcore'] = None; import toolkit.web; toolkit.web.Web()"
    subprocess.run([sys.executable, "-c", code], check=True)
