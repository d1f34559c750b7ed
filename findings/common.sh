# Sourced by the scripts: a temporary folder with a Python of its own, removed at the end.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"

install() { # install PACKAGE==VERSION...
  "$place/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}

expect() { # expect TEXT: what the program on standard input prints must be this
  local seen
  seen=$("$place/venv/bin/python" -)
  printf '%s\n' "$seen"
  if [ "$seen" != "$1" ]; then
    printf 'This has changed. It was:\n%s\n' "$1" >&2
    exit 1
  fi
}
