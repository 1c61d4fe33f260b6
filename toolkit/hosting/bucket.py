"""An S3-compatible storage. boto3, from the extra s3, is imported with the first file.

A file is put there once (``If-None-Match: *``); a storage that does not know the condition gets the same bytes under
the same name again, which changes nothing. Where the bucket is not shown under an address of its own, addresses are
signed for as long as a network may take: a container of Instagram lives for a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import TYPE_CHECKING, Any, Final

from toolkit.hosting.checking import prove_public
from toolkit.hosting.naming import HostingError, public_name
from toolkit.messages import _
from toolkit.settings import MediaPlace
from toolkit.values import dataclass
from toolkit.web import Web

if TYPE_CHECKING:
    from toolkit.credentials import Secret

SIGNED_FOR: Final = 48 * 3600  # seconds
THERE_ALREADY: Final = frozenset({"PreconditionFailed", "412"})
UNKNOWN_CONDITION: Final = frozenset({"NotImplemented", "InvalidArgument", "InvalidRequest", "501"})


@dataclass(frozen=True, slots=True)
class Keys:
    """The storage's key pair; both empty where the machine itself has the right."""

    name: str
    secret: Secret
    session: Secret  # of keys that end soon; mostly empty


@dataclass(frozen=True, slots=True)
class BucketHost:
    """See `toolkit.networks.base.MediaHost`. `proven` holds the names that answered as they should."""

    place: MediaPlace
    web: Web
    keys: Keys
    proven: set[str] = field(default_factory=set)
    _clients: list[Any] = field(default_factory=list)  # boto3 has no types

    def put(self, name: str, data: bytes, media_type: str) -> str:
        """The public address of the file; raises `HostingError` when it does not answer with these bytes."""
        del name  # a file's own name may say what nobody is to know yet
        key = public_name(data, media_type, self.place.prefix)
        with self._complaining():
            if key not in self.proven:
                self._store(key, data, media_type)
            address = self._address(key)
        if key not in self.proven:
            prove_public(self.web, address, data)
            self.proven.add(key)
        return address

    def _store(self, key: str, data: bytes, media_type: str) -> None:
        from botocore.exceptions import ClientError

        wanted = {"Bucket": self.place.bucket, "Key": key, "Body": data, "ContentType": media_type}
        try:
            self._client().put_object(**wanted, IfNoneMatch="*")
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in UNKNOWN_CONDITION:
                self._client().put_object(**wanted)
            elif code not in THERE_ALREADY:
                raise

    def _address(self, key: str) -> str:
        if self.place.url:
            return f"{self.place.url}/{key}"
        wanted = {"Bucket": self.place.bucket, "Key": key}
        return str(self._client().generate_presigned_url("get_object", Params=wanted, ExpiresIn=SIGNED_FOR))

    def _client(self) -> Any:
        if not self._clients:
            self._clients.append(_make_client(self.place, self.keys))
        return self._clients[0]

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        """What boto3 says, as a sentence without keys."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except (BotoCoreError, ClientError) as error:
            said = str(error)
            for secret in (self.keys.name, self.keys.secret.reveal(), self.keys.session.reveal()):
                said = said.replace(secret, "…") if secret else said
            message = _("the bucket {bucket} of [media_host] took no file: {error}")
            failure = HostingError(message.format(bucket=self.place.bucket, error=said))
        else:
            return
        raise failure  # outside of `except`: what boto3 knows of the request is not even its context


def _make_client(place: MediaPlace, keys: Keys) -> Any:
    import boto3
    from botocore.config import Config

    config = Config(
        signature_version="s3v4",
        connect_timeout=10,
        read_timeout=60,
        retries={"max_attempts": 3, "mode": "standard"},
        # Storages elsewhere often know neither buckets as host names nor the newer checksums.
        s3={"addressing_style": "path" if place.endpoint else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    # Without a pair of ours boto3 looks for the machine's own right.
    return boto3.client(
        "s3",
        endpoint_url=place.endpoint or None,
        region_name=place.region or None,
        config=config,
        aws_access_key_id=keys.name or None,
        aws_secret_access_key=keys.secret.reveal() or None,
        aws_session_token=keys.session.reveal() or None,
    )
