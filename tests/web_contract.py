"""Whether an API keeps what its description promises, as schemathesis judges it."""

from __future__ import annotations

from collections.abc import Iterator

import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import EngineEvent, NonFatalError, ScenarioFinished

DESCRIPTION = "/api/v1/openapi.json"


def broken_promises(app: FastAPI, *, examples: int, key: str = "") -> list[str]:
    """What an application answers that it does not describe, or lets through that it should refuse: its description's
    examples, what lies at the bounds, and so many examples by chance for each address are tried, with a key."""
    config = {
        "continue-on-failure": True,
        "headers": {"Authorization": f"Bearer {key}"} if key else {},
        "generation": {"max-examples": examples, "deterministic": True, "database": "none"},
        # What can be read may well be refused: its figures have to balance.
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "422", "429"]}},
    }
    schema = schemathesis.openapi.from_asgi(DESCRIPTION, app, config=SchemathesisConfig.from_dict(config))
    events = list(from_schema(schema).execute())
    tried = sum(len(one.recorder.cases) for one in events if isinstance(one, ScenarioFinished))
    assert tried >= examples, f"only {tried} requests were tried"
    return [told for one in events for told in _told(one)]


def _told(event: EngineEvent) -> Iterator[str]:
    if isinstance(event, NonFatalError):
        yield f"{event.label}: {event.value!r}"
    elif isinstance(event, ScenarioFinished):
        for case_id, checks in event.recorder.checks.items():
            for check in checks:
                if check.failure_info is not None:
                    command = event.recorder.cases[case_id].value.as_curl_command()
                    yield f"{event.label}: {check.name}: {check.failure_info.failure}: {command[:2000]}"
