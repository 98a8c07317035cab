# shellcheck shell=bash
# Brings what building and testing need onto this machine. Sourced by ./run and ./test.
# Everything is looked at first: on a machine that has it all, nothing is installed and nothing is printed.

# Why each package is wanted, so that the person who is asked for a password knows what for.
BUILD_PACKAGES=(
  "build-essential:compiles the C parts (SQLCipher, ring)"
  "pkg-config:finds the system libraries"
  "libwebkit2gtk-4.1-dev:the window is a WebKitGTK view"
  "libssl-dev:SQLCipher encrypts the register with libcrypto"
  "curl:fetches the Rust installer"
  "ca-certificates:checks whom it fetches from"
  "xdg-utils:opens the enrollment link in the default browser"
)
JOURNEY_PACKAGES=(
  "webkit2gtk-driver:drives the real window"
  "xvfb:a display of its own for each journey"
  "dbus-daemon:a session bus of its own for each journey"
  "gnome-keyring:a keychain of its own for each journey"
  "openbox:a window manager, so that dialogs take the keyboard"
  "xdotool:types into the system's save dialog"
  "imagemagick:takes pictures of the whole display"
  "fonts-dejavu-core:text in the window"
  "fonts-noto-core:text in the window, all scripts"
  "fonts-noto-color-emoji:symbols in the window"
)
# What signatures, packs and journals are judged by beside the desk.
SECOND_OPINIONS=(
  "xmlsec1:judges signatures a second time"
  "openssl:checks what packs and journals are signed with"
  "unzip:opens packs as those who receive them do"
  "python3-venv:a place of its own for pydigidoc, which judges signatures a third time"
)
RUST_FLOOR=1.92
NODE_FLOOR=20.19

say() { printf '%s\n' "$*"; }
die() {
  printf '\nStopped: %s\n' "$*" >&2
  exit 1
}

# True when version $1 is at least $2.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    die "installing packages needs root; run this as root, or install sudo, or install by hand: $*"
  fi
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"; }

package_present() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

# install_packages "name:why"... installs the missing ones, after saying which and why.
install_packages() {
  command -v dpkg-query >/dev/null || {
    say "This is not a Debian or Ubuntu machine: no package is installed. Wanted: ${*%%:*}"
    return 0
  }
  local entry missing=()
  for entry in "$@"; do
    package_present "${entry%%:*}" || missing+=("$entry")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Missing on this machine, installed now:"
  for entry in "${missing[@]}"; do
    say "  ${entry%%:*} - ${entry#*:}"
  done
  apt update || say "The package lists could not be refreshed; going on with the ones that are here."
  apt install -y --no-install-recommends "${missing[@]%%:*}" ||
    die "apt could not install: ${missing[*]%%:*}"
}

# The customer's browser of the journeys. Debian calls it chromium, Ubuntu chromium-browser.
install_browser() {
  local name
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then return 0; fi
  done
  command -v apt-cache >/dev/null || die "a Chromium is needed and none was found"
  name=chromium
  if ! apt_offers chromium; then
    # Either the lists are empty on a new machine, or this is Ubuntu.
    apt update
    apt_offers chromium || name=chromium-browser
  fi
  install_packages "$name:the customer's browser"
}

# Read whole before it is searched: under pipefail, a grep that leaves early makes apt-cache's write a failure.
apt_offers() { grep -qE '^  Candidate: [^(]' <<<"$(apt-cache policy "$1")"; }

ensure_rust() {
  if [ -f "$HOME/.cargo/env" ]; then
    # shellcheck source=/dev/null
    . "$HOME/.cargo/env"
  fi
  if ! command -v cargo >/dev/null; then
    say "Missing on this machine, installed now: Rust (in $HOME/.cargo, by its official installer)"
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal -c clippy -c rustfmt ||
      die "Rust could not be installed. Install Rust $RUST_FLOOR or newer (https://rustup.rs), then run this again."
    # shellcheck source=/dev/null
    . "$HOME/.cargo/env"
  fi
  local found
  found=$(cargo --version | cut -d ' ' -f 2)
  at_least "$found" "$RUST_FLOOR" ||
    die "Rust $found is too old, $RUST_FLOOR or newer is needed: run 'rustup update stable', then this again."
}

ensure_nextest() {
  cargo nextest --version >/dev/null 2>&1 && return 0
  say "Missing on this machine, installed now: cargo-nextest (runs the tests; about 3 minutes)"
  cargo install cargo-nextest --locked || die "cargo-nextest could not be installed"
}

ensure_node() {
  local private="${XDG_CACHE_HOME:-$HOME/.cache}/id360-desk/node"
  local from_npm="$private/node_modules/node/bin"
  [ ! -x "$from_npm/node" ] || PATH="$from_npm:$PATH"
  if node_is_new_enough; then return 0; fi
  install_packages "nodejs:builds the interface" "npm:brings the interface's packages"
  if node_is_new_enough; then return 0; fi
  say "Node $(node --version) is older than $NODE_FLOOR: a newer one is installed for this product alone, in $private"
  mkdir -p "$private"
  npm install --silent --no-audit --no-fund --prefix "$private" node@22 || die "Node 22 could not be installed"
  PATH="$from_npm:$PATH"
  node_is_new_enough || die "Node $NODE_FLOOR or newer is needed, $(node --version) was found"
}

node_is_new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    at_least "$(node --version | tr -d v)" "$NODE_FLOOR"
}

# npm_packages FOLDER: exactly what the lock names, and only when the lock changed since last time.
npm_packages() {
  local stamp="$1/node_modules/.installed-lock"
  if ! cmp -s "$1/package-lock.json" "$stamp"; then
    (cd "$1" && npm ci --no-audit --no-fund) || return 1
    cp "$1/package-lock.json" "$stamp"
  fi
}

# pydigidoc, from PyPI, where it comes built, in a place of its own; not on every system.
ensure_pydigidoc() {
  local private=target/pydigidoc
  [ -z "${ASICE_PYTHON:-}" ] || return 0
  if ! "$private/bin/python" -c 'import pydigidoc' 2>/dev/null; then
    { python3 -m venv "$private" && "$private/bin/pip" install --quiet pydigidoc==0.0.4; } >/dev/null 2>&1 || return 1
  fi
  export ASICE_PYTHON="$PWD/$private/bin/python"
}

set_up_second_opinions() {
  install_packages "${SECOND_OPINIONS[@]}"
  ensure_pydigidoc || say "pydigidoc is not offered for this machine: nothing is compared with it."
}

set_up_build() {
  install_packages "${BUILD_PACKAGES[@]}"
  ensure_rust
  ensure_node
}

set_up_journeys() {
  install_packages "${JOURNEY_PACKAGES[@]}"
  install_browser
}
