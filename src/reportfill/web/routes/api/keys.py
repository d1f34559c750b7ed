"""A program shows its key: Authorization: Bearer KEY."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from anyio import to_thread
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from reportfill.campaign.access.roles import AccessRole
from reportfill.campaign.access.user import Key
from reportfill.text import Text
from reportfill.web.house import HouseHere
from reportfill.web.problems import ProblemError
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import audit, audit_seldom
from reportfill.web.security.mistakes import FREE_FOR_ADDRESS, key_of_address, note_mistakes, require_waited
from reportfill.web.security.signed_in import served

_SHOWN = HTTPBearer(
    auto_error=False, description="密钥，由campaign key add生成。A key of `campaign key add`."
)
_REFUSED = Text(
    "请在Authorization中写明有效的密钥：Bearer加密钥。", "Show a valid key: Authorization: Bearer KEY."
)
_CHALLENGE = (("WWW-Authenticate", "Bearer"),)


def key_that_may(role: AccessRole) -> Callable[..., Coroutine[Any, Any, Key]]:
    """A dependency that gives the key that is shown, where it has that role or a greater one."""

    async def allowed(
        request: Request,
        house: HouseHere,
        shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_SHOWN)],
    ) -> Key:
        if shown is None:
            raise ProblemError(401, _REFUSED, headers=_CHALLENGE)
        waits = {key_of_address(request): FREE_FOR_ADDRESS}
        await require_waited(house, waits)
        key = await to_thread.run_sync(served(house).campaign.key_of, shown.credentials)
        if key is None:
            await note_mistakes(house, waits)
            await audit(request, house, AuditEvent.KEY_REFUSED)
            raise ProblemError(401, _REFUSED, headers=_CHALLENGE)
        await audit_seldom(request, house, AuditEvent.KEY_USED, who=key.name)
        if not key.role.may(role):
            await audit(request, house, AuditEvent.NOT_ALLOWED, request.url.path, who=key.name)
            raise ProblemError(
                403, Text("这个密钥的角色没有这项权限。", "The key's role does not allow this.")
            )
        return key

    return allowed


ReadingKey = Annotated[Key, Depends(key_that_may(AccessRole.READER))]
WritingKey = Annotated[Key, Depends(key_that_may(AccessRole.COORDINATOR))]
