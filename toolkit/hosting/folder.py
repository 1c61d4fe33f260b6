"""A folder that the company's web server shows: a file is there whole or not at all."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from toolkit.hosting.checking import prove_public
from toolkit.hosting.naming import HostingError, public_name
from toolkit.messages import _
from toolkit.settings import MediaPlace
from toolkit.source.writing import READABLE, replace_file
from toolkit.values import dataclass
from toolkit.web import Web


@dataclass(frozen=True, slots=True)
class FolderHost:
    """See `toolkit.networks.base.MediaHost`. `proven` holds the addresses that answered as they should."""

    place: MediaPlace
    web: Web
    proven: set[str] = field(default_factory=set)

    def put(self, name: str, data: bytes, media_type: str) -> str:
        """The public address of the file; raises `HostingError` when it does not answer with these bytes."""
        del name  # a file's own name may say what nobody is to know yet
        path = public_name(data, media_type, self.place.prefix)
        try:
            _write(Path(self.place.folder) / path, data)
        except OSError as error:
            message = _("{folder} of [media_host] cannot be written: {error}")
            raise HostingError(message.format(folder=self.place.folder, error=error.strerror or error)) from error
        address = f"{self.place.url}/{path}"
        if address not in self.proven:
            prove_public(self.web, address, data)
            self.proven.add(address)
        return address


def _write(file: Path, data: bytes) -> None:
    """Put `data` there, whole or not at all; a file that has these bytes already is left alone."""
    if file.is_file() and file.stat().st_size == len(data) and file.read_bytes() == data:
        return
    replace_file(file, data, READABLE)
