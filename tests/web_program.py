"""A program that uses the API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True)
class Program:
    """A program: it keeps no cookies, and shows its key where it has one."""

    client: TestClient
    key: str = ""

    def get(self, path: str, **headers: str) -> Response:
        """What stands at an address of the API."""
        return self._asked("GET", path, headers)

    def send(
        self, path: str, content: bytes, name: str = "填报表.xlsx", *, fields: Any = None, **headers: str
    ) -> Response:
        """What comes of a file."""
        files = {"workbook": (name, content)}
        return self._asked("POST", path, headers, files=files, data=fields)

    def send_json(self, path: str, value: object, **headers: str) -> Response:
        """What comes of a value, or of bytes that are said to be JSON."""
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        return self._asked("POST", path, {"content_type": JSON} | headers, content=content)

    def _asked(self, method: str, path: str, headers: dict[str, str], **more: Any) -> Response:
        self.client.cookies.clear()
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.key:
            told["authorization"] = f"Bearer {self.key}"
        return self.client.request(method, f"/api/v1{path}", headers=told, **more)


def problem_in(answer: Response) -> dict[str, Any]:
    """The problem document that an answer is."""
    assert answer.headers["content-type"] == PROBLEM, answer.text
    told: dict[str, Any] = answer.json()
    assert told["status"] == answer.status_code
    assert {"type", "title", "detail", "findings"} <= set(told)
    return told
