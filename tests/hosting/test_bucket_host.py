"""An S3-compatible storage: moto's server on loopback."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.servers.pretend import PretendServer, Reply
from toolkit.errors import UsageError
from toolkit.hosting import BucketHost, HostingError, host_addresses, open_host
from toolkit.hosting.bucket import SIGNED_FOR
from toolkit.settings import MediaPlace
from toolkit.web import Web

DATA = b"\xff\xd8\xff a picture"
KEY = "social/" + hashlib.sha256(DATA).hexdigest() + ".jpg"
PAIR = "AKIA-CANARY:secret-canary-0815"
ENVIRON = {"LEITSTAND_TOKEN_MEDIA_HOST": PAIR}
BUCKET = "nordlicht"


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    """The address of a running storage."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def client(storage: str) -> Iterator[Any]:
    """boto3's own client, with a fresh bucket that everybody may read."""
    import boto3

    made = boto3.client(
        "s3",
        endpoint_url=storage,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    made.create_bucket(Bucket=BUCKET)
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/*"}
    made.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    yield made
    for item in made.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        made.delete_object(Bucket=BUCKET, Key=item["Key"])
    made.delete_bucket(Bucket=BUCKET)
    made.close()


def host(endpoint: str, *, url: str = "", bucket: str = BUCKET) -> BucketHost:
    place = MediaPlace("s3", url, bucket=bucket, endpoint=endpoint, region="us-east-1", prefix="social/")
    found = open_host(place, ENVIRON, Web(allowed_hosts=host_addresses(place)))
    assert isinstance(found, BucketHost)
    return found


def test_a_file_lies_under_the_buckets_own_address(storage: str, client: Any) -> None:
    """The address is the configured one with the hash behind it; the type is the one that networks are told."""
    address = host(storage, url=f"{storage}/{BUCKET}").put("tuer-1.jpg", DATA, "image/jpeg")
    assert address == f"{storage}/{BUCKET}/{KEY}"
    kept = client.get_object(Bucket=BUCKET, Key=KEY)
    assert (kept["Body"].read(), kept["ContentType"]) == (DATA, "image/jpeg")


def test_without_an_address_it_is_signed_for_two_days(storage: str, client: Any) -> None:
    """Whoever has the signed address can fetch it, although the bucket is closed; a container lives for one day."""
    client.delete_bucket_policy(Bucket=BUCKET)
    address = host(storage).put("tuer-1.jpg", DATA, "image/jpeg")
    assert f"X-Amz-Expires={SIGNED_FOR}" in address
    assert SIGNED_FOR >= 48 * 3600
    assert "secret-canary-0815" not in address
    place = MediaPlace("s3", bucket=BUCKET, endpoint=storage)
    assert Web(allowed_hosts=host_addresses(place)).get(address).body == DATA


def test_the_same_bytes_are_put_there_once(storage: str, client: Any) -> None:
    """`If-None-Match: *` leaves the first one alone; the address is the same, for another machine, too."""
    first = host(storage, url=f"{storage}/{BUCKET}").put("a.jpg", DATA, "image/jpeg")
    changed = client.head_object(Bucket=BUCKET, Key=KEY)["LastModified"]
    client.put_object_tagging(Bucket=BUCKET, Key=KEY, Tagging={"TagSet": [{"Key": "mark", "Value": "1"}]})
    assert host(storage, url=f"{storage}/{BUCKET}").put("b.jpg", DATA, "image/jpeg") == first
    assert client.head_object(Bucket=BUCKET, Key=KEY)["LastModified"] == changed
    assert client.get_object_tagging(Bucket=BUCKET, Key=KEY)["TagSet"] == [{"Key": "mark", "Value": "1"}]


def test_a_storage_that_does_not_know_the_condition_is_written_to(pretend: PretendServer) -> None:
    """Older storages answer 501 to `If-None-Match`; the same bytes under the same name change nothing."""
    refused = b"<Error><Code>NotImplemented</Code><Message>no conditions</Message></Error>"

    def put(request: Any) -> Reply:
        return Reply(501, refused) if "if-none-match" in request.headers else Reply(200, b"")

    pretend.routes["PUT /*"] = put
    pretend.routes["GET /*"] = lambda _request: Reply(200, DATA)
    address = host(pretend.address, url=f"{pretend.address}/{BUCKET}").put("a.jpg", DATA, "image/jpeg")
    assert address.endswith(KEY)
    assert pretend.sent("PUT")[-1].body == DATA
    assert "if-none-match" not in pretend.sent("PUT")[-1].headers


@pytest.mark.parametrize("bucket", ["elsewhere", BUCKET])
def test_what_goes_wrong_is_said_without_keys(storage: str, client: Any, bucket: str) -> None:
    """A bucket that is not there, or an address that shows another one: a sentence without key, secret or signature."""
    url = "" if bucket == "elsewhere" else f"{storage}/somewhere"
    with pytest.raises(HostingError) as failure:
        host(storage, url=url, bucket=bucket).put("a.jpg", DATA, "image/jpeg")
    said = f"{failure.value} {failure.value.__context__!r} {failure.value.__cause__!r}"
    assert "bucket elsewhere of [media_host]" in said or "answers 404" in said
    assert not [secret for secret in ("AKIA", "canary", "X-Amz-Signature") if secret in said]


def test_keys_come_from_the_environment() -> None:
    """Leitstand's own variable wins over those of AWS; a pair that is none is refused, without showing it."""
    place = MediaPlace("s3", bucket="b")
    usual = {"AWS_ACCESS_KEY_ID": "usual", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"}
    found = open_host(place, usual, Web())
    assert isinstance(found, BucketHost)
    assert (found.keys.name, found.keys.secret.reveal(), found.keys.session.reveal()) == ("usual", "s", "t")
    found = open_host(place, usual | ENVIRON, Web())
    assert isinstance(found, BucketHost)
    assert found.keys.name == "AKIA-CANARY"
    assert "canary-0815" not in repr(found)
    with pytest.raises(UsageError, match="KEY:SECRET") as failure:
        open_host(place, {"LEITSTAND_TOKEN_MEDIA_HOST": "only-a-secret"}, Web())
    assert "only-a-secret" not in str(failure.value)
