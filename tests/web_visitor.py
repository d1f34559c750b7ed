"""A browser without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


class Visitor:
    """A browser without JavaScript: it keeps cookies, and sends the token of the page that it has."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, **more: Any) -> Response:
        """A page."""
        return self.client.get(path, **more)

    def post(
        self, path: str, data: dict[str, Any] | None = None, files: Any = None, page: str = "/"
    ) -> Response:
        """What comes of a form that stands on a page, wherever it leads."""
        return self.client.post(path, data={"csrf": self.token(page), **(data or {})}, files=files)

    def token(self, page: str = "/") -> str:
        """The token of the forms on a page."""
        found = TOKEN.search(self.get(page).text)
        assert found, f"no form on {page}"
        return found[1]

    def drop(self, *paths: Path) -> Response:
        """What comes of files that are dropped onto the first page."""
        return self.post("/reports", files=[("files", (path.name, path.read_bytes())) for path in paths])
