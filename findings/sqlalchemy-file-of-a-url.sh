#!/usr/bin/env bash
# SQLAlchemy 2.0.44 and 2.1.9: the file of a ledger, named by a URL.
# One would guess that a text like sqlite:////srv/100%25/campaign.db names the same file in all releases of 2.x, and that
# a URL created from parts comes back from its own text.
# Seen: 2.1 decodes %25 in the database of a URL and opens another file than 2.0 did; 2.0 loses what stands behind a
# question mark of a URL that it was itself given in parts.
. "$(dirname "$0")/common.sh"
ask='
from sqlalchemy import __version__
from sqlalchemy.engine import URL, make_url

print(__version__, "from text:", make_url("sqlite:////srv/100%25/campaign.db").database)
created = URL.create("sqlite", database="/srv/why?/campaign.db")
print(__version__, "from parts, by its text:", make_url(created.render_as_string()).database)
'
install sqlalchemy==2.0.44
expect "2.0.44 from text: /srv/100%25/campaign.db
2.0.44 from parts, by its text: /srv/why" <<<"$ask"
install sqlalchemy==2.1.9
expect "2.1.9 from text: /srv/100%/campaign.db
2.1.9 from parts, by its text: /srv/why?/campaign.db" <<<"$ask"
