"""Public media: a place of the company's own where networks can fetch pictures and videos from.

Instagram and Threads take no bytes, they take an address. What lies there is already cut to the network's shape and has
no metadata; its name is the hash of its bytes, so that the same file is never put there twice and tells nothing.

============  ======================================================================
`folder`      a folder that the company's web server shows
`bucket`      an S3-compatible storage, shown under an address or by signed addresses
`checking`    the proof that an address really answers with these bytes
============  ======================================================================
"""

from toolkit.hosting.bucket import BucketHost
from toolkit.hosting.folder import FolderHost
from toolkit.hosting.naming import HostingError
from toolkit.hosting.opening import SECRET, Host, host_addresses, open_host

__all__ = ["SECRET", "BucketHost", "FolderHost", "Host", "HostingError", "host_addresses", "open_host"]
