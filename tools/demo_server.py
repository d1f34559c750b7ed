"""The demo campaign in the browser: links for its agencies, accounts for its office, ready to click.

usage: python -m tools.demo_server [PORT]      (behind tools.demo_campaign, from the project's root; Ctrl-C ends it)

Nobody else reaches it. The passwords are made up anew each time.
"""

from __future__ import annotations

import secrets
import sys

from reportfill import Campaign
from reportfill.campaign.access.roles import ROLE_NAMES, AccessRole
from reportfill.web.serving import ServerWish, run_server
from tools.demo_campaign import BOTH, LAST, ROOT

HOST, PORT = "127.0.0.1", 8000
_SHOWN = 3
"""So many links are told; all of them are in the campaign's folder."""


def main() -> None:
    """Give links and accounts, and serve."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else PORT
    campaign = Campaign.open(ROOT)
    address = f"http://{HOST}:{port}"
    given = campaign.give_links(renew=True, url=address)
    print("单位的填报链接（其余的见", *given.files, "）：")
    for link in given.links[:_SHOWN]:
        print(f"  {link.agency.name}  {address}/a/{link.code}")
    print(f"部门的账号，登录页面 {address}/sign-in ：")
    for role, password in accounts(campaign).items():
        print(f"  {ROLE_NAMES[role].zh}  {password}")
    wish = ServerWish(HOST, port, str(ROOT), last=str(LAST), site=str(BOTH / "site"))
    run_server(wish, lambda reached: print(f"\n请用浏览器打开：{reached}（Ctrl-C结束）"))


def accounts(campaign: Campaign) -> dict[AccessRole, str]:
    """An account for each role, called as the role is, with a new password."""
    known = {user.name for user in campaign.users}
    passwords = {role: secrets.token_urlsafe(9) for role in AccessRole}
    for role, password in passwords.items():
        name = ROLE_NAMES[role].zh
        if name in known:
            campaign.change_password(name, password)
        else:
            campaign.add_user(name, password, role)
    return passwords


if __name__ == "__main__":
    main()
