"""A real WordPress with its MariaDB for one test run: Debian's packages, data of its own, free loopback ports.

Two people: ``redaktion`` (an editor) and ``praktikum`` (a contributor, who may not publish), each with an application
password. Both programs run as an unprivileged user and end with the block; nothing outside a temporary folder is used.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from tests.servers.absent import without_server
from tests.servers.snac import AS_USER, NO_GROUPS, free_port, stop, wait_for

SOURCE: Final = Path("/usr/share/wordpress")
REMEDY: Final = "apt-get install --no-install-recommends wordpress mariadb-server php-cli php-mysql php-xml php-mbstring php-gd php-curl"
DEBIAN: Final = ("mariadbd", "mariadb-install-db", "php")

CONFIG: Final = """\
<?php
define('DB_NAME', 'blog'); define('DB_USER', '{user}'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without TLS
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false); define('FS_METHOD', 'direct'); define('WP_CONTENT_DIR', __DIR__ . '/wp-content');
define('AUTH_KEY', '{salt}'); define('SECURE_AUTH_KEY', '{salt}'); define('LOGGED_IN_KEY', '{salt}');
define('NONCE_KEY', '{salt}'); define('AUTH_SALT', '{salt}'); define('SECURE_AUTH_SALT', '{salt}');
define('LOGGED_IN_SALT', '{salt}'); define('NONCE_SALT', '{salt}');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL: Final = """\
<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1:{port}';
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
function wp_new_blog_notification() {{}}
wp_install('Blog', 'admin', 'admin@example.com', true, '', wp_generate_password(24));
update_option('siteurl', 'http://127.0.0.1:{port}'); update_option('home', 'http://127.0.0.1:{port}');
update_option('comments_notify', 0); update_option('moderation_notify', 0);
$tokens = array();
foreach (array('redaktion' => 'editor', 'praktikum' => 'contributor') as $name => $role) {{
  $id = wp_insert_user(array('user_login' => $name, 'user_pass' => wp_generate_password(24),
    'user_email' => "$name@example.com", 'role' => $role));
  $made = WP_Application_Passwords::create_new_application_password($id, array('name' => 'tests'));
  $tokens[$name] = $made[0];
}}
global $wp_version;
echo "\\n", json_encode(array('version' => $wp_version, 'tokens' => $tokens));
"""
# PHP's own server finds files; everything else is WordPress's, also addresses with a dot in them.
ROUTER: Final = """\
<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file(__DIR__ . $path)) return false;
$_SERVER['SCRIPT_NAME'] = '/index.php';
require __DIR__ . '/index.php';
"""


@dataclass(frozen=True, slots=True)
class WordPress:
    """A running blog. `tokens`: person → application password."""

    url: str
    folder: Path
    version: str
    tokens: dict[str, str]

    @property
    def host_port(self) -> str:
        return self.url.removeprefix("http://")

    def call(self, method: str, route: str, person: str = "redaktion", **options: object) -> object:
        """One request over plain httpx, the tests' independent hand; `route` such as ``/wp/v2/posts``. Its JSON."""
        params = {"rest_route": route, **options.pop("params", {})}  # type: ignore[dict-item]  # a mapping, if given
        answer = httpx.request(
            method,
            f"{self.url}/",
            params=params,
            auth=(person, self.tokens[person]),
            timeout=30,
            **options,  # type: ignore[arg-type]  # passed through
        )
        answer.raise_for_status()
        return answer.json()

    def php(self, code: str) -> str:
        """Run PHP inside the blog, for what no request can do; returns what it printed."""
        script = self.folder / "site" / f"run-{secrets.token_hex(4)}.php"
        script.write_text(f"<?php $_SERVER['HTTP_HOST'] = '{self.host_port}'; require 'wp-load.php';\n{code}\n")
        try:
            return _run(["php", str(script)], script.parent)
        finally:
            script.unlink()


@contextmanager
def run_wordpress() -> Iterator[WordPress]:
    """Start database and blog, install, and end both afterwards; skips or fails where they are not installed."""
    if not SOURCE.is_dir() or not all(map(shutil.which, DEBIAN)):
        without_server("WordPress", REMEDY)
    with tempfile.TemporaryDirectory(prefix="leitstand-wp-", dir="/tmp") as folder:
        base = Path(folder)
        base.chmod(0o755)
        if AS_USER is not None:
            os.chown(folder, AS_USER, AS_USER)
        with _database(base) as socket:
            yield from _run_site(base, socket)


@contextmanager
def _database(base: Path) -> Iterator[Path]:
    """A MariaDB that listens on a socket only; its administrator is who it runs as."""
    data, socket = base / "db", base / "db.sock"
    here = [f"--datadir={data}", f"--tmpdir={base}"]
    _run(["mariadb-install-db", "--no-defaults", *here, "--auth-root-authentication-method=normal"], base)
    fast = ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--skip-log-bin"]
    command = ["mariadbd", "--no-defaults", *here, f"--socket={socket}", "--skip-networking", *fast]
    with (base / "db.log").open("w") as log:
        process = subprocess.Popen(
            [*command, f"--pid-file={base / 'db.pid'}"],
            stdout=log,
            stderr=log,
            user=AS_USER,
            group=AS_USER,
            extra_groups=NO_GROUPS,
        )
        try:
            _wait_for_file(socket, base / "db.log")
            _run(["mariadb", "--no-defaults", f"--socket={socket}", "-uroot", "-e", "CREATE DATABASE blog"], base)
            yield socket
        finally:
            stop(process)


def _run_site(base: Path, socket: Path) -> Iterator[WordPress]:
    site, port = base / "site", free_port()
    _run(["cp", "-rL", str(SOURCE), str(site)], base)
    (site / "wp-content" / "uploads").mkdir(exist_ok=True)
    config = site / "wp-config.php"
    config.unlink(missing_ok=True)  # Debian's own reads /etc
    config.write_text(CONFIG.format(user="root", socket=socket, salt=secrets.token_hex(32)))
    (site / "install.php").write_text(INSTALL.format(port=port))
    (site / "router.php").write_text(ROUTER)
    if AS_USER is not None:
        _run(["chown", "-R", f"{AS_USER}:{AS_USER}", str(site)], base, as_user=None)
    said = json.loads(_run(["php", str(site / "install.php")], site).rpartition("\n")[2])
    url = f"http://127.0.0.1:{port}"
    own = ["-d", "display_errors=0", "-d", f"opcache.lockfile_path={base}", "-d", f"sys_temp_dir={base}"]
    with (base / "php.log").open("w") as log:
        process = subprocess.Popen(
            ["php", *own, "-S", f"127.0.0.1:{port}", "-t", str(site), str(site / "router.php")],
            stdout=log,
            stderr=log,
            env={**os.environ, "PHP_CLI_SERVER_WORKERS": "2", "TMPDIR": str(base)},
            user=AS_USER,
            group=AS_USER,
            extra_groups=NO_GROUPS,
            start_new_session=True,
        )
        try:
            _wait_for_site(url, base / "php.log")
            yield WordPress(url, base, said["version"], said["tokens"])
        finally:
            _stop_group(process)


def _stop_group(process: subprocess.Popen[bytes]) -> None:
    """PHP's server has workers; they are the only others in its session."""
    import signal

    os.killpg(process.pid, signal.SIGTERM)
    stop(process)


def _run(command: list[str], folder: Path, as_user: int | None = AS_USER) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        user=as_user,
        group=as_user,
        extra_groups=NO_GROUPS if as_user is not None else None,
    )
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def _wait_for_site(url: str, log: Path) -> None:
    try:
        wait_for(url)
    except TimeoutError:
        raise AssertionError(log.read_text()[-2000:]) from None


def _wait_for_file(path: Path, log: Path, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end, log.read_text()[-2000:]
        time.sleep(0.05)
