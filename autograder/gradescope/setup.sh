#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the assignment's image.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"

find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  if ! command -v bwrap >/dev/null || ! find_python >/dev/null; then
    apt-get update
    install bubblewrap || true # Landlock may do without
    find_python >/dev/null || install python3-venv || true
    find_python >/dev/null || install python3.12 python3.12-venv || install python3.11 python3.11-venv
  fi
fi

if ! python="$(find_python)"; then
  echo "The kit needs Python 3.11 or newer with venv: choose a newer base image." >&2
  exit 1
fi
"$python" -m venv "$root/venv"
"$root/venv/bin/python" -m pip install --no-cache-dir "$root"/source/wheels/*.whl
chmod -R go-rwx "$root/source" # the solutions and the seed are in it
"$root/venv/bin/python" -I -c '
from autograder.sandbox.isolation import best
print("Isolation that is to be had in this image:", best())'
