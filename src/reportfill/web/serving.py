"""A server that runs until it is ended: the processes, the port, the folder of what it keeps."""

from __future__ import annotations

import os
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import uvicorn
from platformdirs import user_data_path
from uvicorn.supervisors import Multiprocess

from reportfill.campaign.campaign import Campaign
from reportfill.errors import UsageError
from reportfill.files import make_folder, write_file
from reportfill.system_words import reason_of
from reportfill.web.application import SETUP
from reportfill.web.passing_folder import passing_folder
from reportfill.web.security.patience import PatientProtocol
from reportfill.web.setup import ServerSetup, is_loopback, names_of

_APPLICATION = "reportfill.web.application:application_of_environment"
_SECRET_BYTES = 32
_WAITING = 512
"""So many connections wait to be taken."""


@dataclass(frozen=True, slots=True)
class ServerWish:
    """What is asked of a server: where it listens, by which names it may be called, how many processes answer and how
    many files each works on at a time, TLS by a certificate, whose word on the visitor's address counts; last
    year's campaign, and where reports are published."""

    host: str
    port: int
    campaign: str = ""
    names: tuple[str, ...] = ()
    processes: int = 1
    jobs: int = 0
    certificate: Path | None = None
    key: Path | None = None
    proxies: str = ""
    database: str = ""
    last: str = ""
    site: str = ""

    @property
    def is_https(self) -> bool:
        """Whether browsers reach it by https: its own, or that of a proxy in front."""
        return self.certificate is not None or bool(self.proxies)


def run_server(wish: ServerWish, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to end. `ready` is called with the address when connections are taken.

    Raises UsageError where that is refused, as where the port is taken.
    """
    _require_allowed(wish)
    with _ended_by_a_signal(), _bound(wish) as listening, _data_folder(wish) as folder:
        setup = ServerSetup(
            folder,
            _secret(folder),
            wish.campaign,
            wish.database,
            names=names_of(wish.host, wish.names),
            is_https=wish.is_https,
            jobs=wish.jobs,
            last=wish.last,
            site=wish.site,
            processes=wish.processes,
        )
        os.environ[SETUP] = setup.as_text()
        config = _config(wish)
        ready(_address(wish, listening.getsockname()[1]))
        if wish.processes > 1:
            Multiprocess(config, [listening]).run()
        else:
            uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def _ended_by_a_signal() -> Iterator[None]:
    """Let the signal by which systems end a program end this one as Ctrl-C does, with everything put away."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _data_folder(wish: ServerWish) -> Iterator[Path]:
    """The folder of the server's own files: with a campaign one that stays, so that nobody has to sign in again when
    the server is started anew; without one a folder that goes when the server ends."""
    if not wish.campaign:
        with passing_folder() as folder:
            yield folder
        return
    campaign = Campaign.open(wish.campaign)
    mark = sha256(campaign.url.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    folder = user_data_path("reportfill", appauthor=False) / "servers" / mark
    make_folder(folder)
    if os.name == "posix":
        folder.chmod(0o700)
    yield folder


def _secret(folder: Path) -> str:
    """What tokens are signed with: the one that is kept, or a new one."""
    place = folder / "secret"
    with suppress(FileNotFoundError):
        if len(kept := place.read_text("ascii")) >= _SECRET_BYTES:  # one that was broken off is none
            return kept
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    write_file(place, secret.encode("ascii"), keep=False)
    return secret


def _require_allowed(wish: ServerWish) -> None:
    """Raise UsageError where others would reach what is for this computer alone, or read what is on its way."""
    if wish.campaign:
        campaign = Campaign.open(wish.campaign)
        if not is_loopback(wish.host) and not campaign.users:
            raise UsageError(
                f"--host {wish.host}: the campaign has no accounts yet; run: reportfill campaign user add",
                f"--host {wish.host}：还没有账号，请先运行 reportfill campaign user add",
            )
        if not is_loopback(wish.host) and not wish.is_https:
            raise UsageError(
                f"--host {wish.host}: passwords and codes would go over the network unencrypted; name a certificate by "
                "--certfile and --keyfile, or a proxy that gives https by --proxy",
                f"--host {wish.host}：密码和填报码会在网络上明文传送；请用--certfile和--keyfile写明证书，"
                "或者用--proxy写明提供https的反向代理",
            )
    elif not is_loopback(wish.host):
        raise UsageError(
            f"--host {wish.host}: without a campaign the page is for this computer alone; serve a campaign with users",
            f"--host {wish.host}：只供本机使用；供多人使用的，请写明年度工作文件夹，并用campaign user add开通账号",
        )
    if not wish.campaign and (wish.last or wish.site):
        raise UsageError(
            "--last and --site go with a campaign: reportfill serve CAMPAIGN",
            "--last和--site要与年度工作文件夹一起写：reportfill serve 文件夹",
        )
    if wish.last:
        Campaign.open(wish.last)
    if (wish.certificate is None) != (wish.key is None):
        raise UsageError("--certfile and --keyfile go together", "--certfile和--keyfile要一起写")


@contextmanager
def _bound(wish: ServerWish) -> Iterator[socket.socket]:
    """The socket on which the server listens."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            wish.host, wish.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _not_bound(wish, error) from error
    with listening:
        if os.name == "posix":  # on Windows it would let two servers have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(place)
            listening.listen(_WAITING)
        except OSError as error:
            raise _not_bound(wish, error) from error
        listening.set_inheritable(True)
        yield listening


def _not_bound(wish: ServerWish, error: OSError) -> UsageError:
    why = reason_of(error)
    return UsageError(
        f"cannot listen on {wish.host}, port {wish.port}: {why.en}; choose another by --port",
        f"无法使用{wish.host}的端口{wish.port}：{why.zh}；请用--port换一个",
    )


def _config(wish: ServerWish) -> uvicorn.Config:
    return uvicorn.Config(
        _APPLICATION,
        factory=True,
        http=PatientProtocol,
        ws="none",
        workers=wish.processes,
        ssl_certfile=wish.certificate,
        ssl_keyfile=wish.key,
        proxy_headers=bool(wish.proxies),
        forwarded_allow_ips=wish.proxies or None,
        access_log=False,  # addresses hold codes
        log_level="warning",
        server_header=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=10,
    )


def _address(wish: ServerWish, port: int) -> str:
    scheme = "https" if wish.certificate else "http"
    host = wish.names[0] if wish.names else wish.host
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}/"
