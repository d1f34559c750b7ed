"""A server that runs until it is ended: the processes, the port, the folder of what it keeps."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from uvicorn.supervisors import Multiprocess

from reportfill.errors import UsageError
from reportfill.system_words import reason_of
from reportfill.web.application import SETUP
from reportfill.web.setup import ServerSetup, is_loopback, names_of

_APPLICATION = "reportfill.web.application:application_of_environment"
_SECRET_BYTES = 32
_WAITING = 512
"""So many connections wait to be taken."""


@dataclass(frozen=True, slots=True)
class ServerWish:
    """What is asked of a server: where it listens, by which names it may be called, how many processes answer and how
    many files each works on at a time, TLS by a certificate, and whose word on the visitor's address counts."""

    host: str
    port: int
    campaign: str = ""
    names: tuple[str, ...] = ()
    processes: int = 1
    jobs: int = 0
    certificate: Path | None = None
    key: Path | None = None
    proxies: str = ""

    @property
    def is_https(self) -> bool:
        """Whether browsers reach it by https: its own, or that of a proxy in front."""
        return self.certificate is not None or bool(self.proxies)


def run_server(wish: ServerWish, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to end. `ready` is called with the address when connections are taken.

    Raises UsageError where that is refused, as where the port is taken.
    """
    _require_allowed(wish)
    with (
        TemporaryDirectory(prefix="reportfill-", ignore_cleanup_errors=True) as folder,
        _bound(wish) as listening,
    ):
        setup = ServerSetup(
            Path(folder, "kept"),
            secrets.token_urlsafe(_SECRET_BYTES),
            wish.campaign,
            names=names_of(wish.host, wish.names),
            is_https=wish.is_https,
            jobs=wish.jobs,
        )
        os.environ[SETUP] = setup.as_text()
        config = _config(wish)
        ready(_address(wish, listening.getsockname()[1]))
        with suppress(KeyboardInterrupt):
            if wish.processes > 1:
                Multiprocess(config, [listening]).run()
            else:
                uvicorn.Server(config).run(sockets=[listening])


def _require_allowed(wish: ServerWish) -> None:
    """Raise UsageError where others would reach what is for this computer alone."""
    if not is_loopback(wish.host) and not wish.campaign:
        raise UsageError(
            f"--host {wish.host}: without a campaign the page is for this computer alone; serve a campaign with users",
            f"--host {wish.host}：只供本机使用；供多人使用的，请写明年度工作文件夹，并用campaign user add开通账号",
        )
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
