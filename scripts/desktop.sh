#!/usr/bin/env bash
# Gives one command a desktop of its own, and takes it away afterwards: a display with a window manager, a session
# bus, a keychain, empty XDG folders, and a default browser that only writes down what it was asked to open.
#
#   scripts/desktop.sh [--no-keychain | --locked-keychain] COMMAND...
#
# The command finds: DESK_SESSION (the folder of all this), DESK_OPENED (one opened address a line).
# The keychain's password is "test".
set -euo pipefail

keychain=unlocked
case ${1:-} in
  --no-keychain) keychain=none; shift ;;
  --locked-keychain) keychain=locked; shift ;;
esac
[ $# -gt 0 ] || { echo "usage: $0 [--no-keychain | --locked-keychain] COMMAND..." >&2; exit 64; }

DESK_SESSION=$(mktemp -d "${TMPDIR:-/tmp}/id360-desk-session.XXXXXX")
started=()
# shellcheck disable=SC2317 # called by the trap
end_session() {
  trap - EXIT
  # The newest first: a keychain that loses its bus writes an error.
  for ((at = ${#started[@]} - 1; at >= 0; at--)); do
    kill "${started[at]}" 2>/dev/null || true
  done
  wait 2>/dev/null || true
  rm -rf "$DESK_SESSION"
}
trap end_session EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

export DESK_SESSION
export HOME="$DESK_SESSION/home" XDG_RUNTIME_DIR="$DESK_SESSION/runtime"
export XDG_DATA_HOME="$HOME/.local/share" XDG_CONFIG_HOME="$HOME/.config" XDG_CACHE_HOME="$HOME/.cache" XDG_STATE_HOME="$HOME/.local/state"
umask 077
mkdir -p "$HOME" "$XDG_RUNTIME_DIR" "$DESK_SESSION/bin" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME" "$XDG_DATA_HOME/applications"

# Waits until the file has a line: what a server writes once it listens.
first_line() {
  for _ in $(seq 200); do
    if [ -s "$1" ]; then head -n 1 -- "$1" | tr -d '\0'; return 0; fi
    sleep 0.05
  done
  echo "$0: $2 did not start" >&2
  return 1
}

# The server picks a free display number itself, so that two sessions never fight for one.
Xvfb -displayfd 6 -screen 0 1600x1000x24 -nolisten tcp -noreset 6>"$DESK_SESSION/display" 2>"$DESK_SESSION/xvfb.log" &
started+=($!)
DISPLAY=":$(first_line "$DESK_SESSION/display" Xvfb)"
export DISPLAY
unset WAYLAND_DISPLAY

# None of the machine's service folders: nothing is started behind the test's back, a keychain least of all.
mkdir "$DESK_SESSION/services"
if [ "$keychain" = locked ]; then
  # The window that asks for the keychain's password.
  cp /usr/share/dbus-1/services/org.gnome.keyring.SystemPrompter.service "$DESK_SESSION/services/"
fi
cat >"$DESK_SESSION/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$XDG_RUNTIME_DIR</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$DESK_SESSION/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
CONF
dbus-daemon --config-file="$DESK_SESSION/bus.conf" --nofork --nopidfile --print-address=6 6>"$DESK_SESSION/bus" 2>"$DESK_SESSION/bus.log" &
started+=($!)
DBUS_SESSION_BUS_ADDRESS=$(first_line "$DESK_SESSION/bus" dbus-daemon)
export DBUS_SESSION_BUS_ADDRESS

openbox --sm-disable >"$DESK_SESSION/openbox.log" 2>&1 &
started+=($!)

# keychain_daemon INPUT OPTIONS...: in the foreground of a background job, so that its process id is known.
keychain_daemon() {
  gnome-keyring-daemon --foreground --components=secrets "${@:2}" <"$1" >>"$DESK_SESSION/keychain.log" 2>&1 &
  started+=($!)
}
keychain_answers() {
  for _ in $(seq 200); do
    if dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
      string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true'; then return 0; fi
    sleep 0.05
  done
  echo "$0: the keychain did not start" >&2
  return 1
}
if [ "$keychain" != none ]; then
  # A trailing newline would become part of the password.
  printf test >"$DESK_SESSION/password"
  keychain_daemon "$DESK_SESSION/password" --unlock
  # The service has its name before it has made its keyring.
  first_line "$XDG_DATA_HOME/keyrings/login.keyring" "the keychain" >/dev/null
  keychain_answers
  rm "$DESK_SESSION/password"
fi
if [ "$keychain" = locked ]; then
  # The keyring file is there now; a daemon that was never given the password finds it locked.
  kill "${started[-1]}"
  wait "${started[-1]}" 2>/dev/null || true
  unset 'started[-1]'
  keychain_daemon /dev/null
  keychain_answers
fi

DESK_OPENED="$DESK_SESSION/opened"
: >"$DESK_OPENED"
export DESK_OPENED
cat >"$DESK_SESSION/bin/record" <<'RECORD'
#!/bin/sh
printf '%s\n' "$1" >>"$DESK_OPENED"
RECORD
chmod 700 "$DESK_SESSION/bin/record"
cat >"$XDG_DATA_HOME/applications/recorder.desktop" <<ENTRY
[Desktop Entry]
Type=Application
Name=Recorder
Exec=$DESK_SESSION/bin/record %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;x-scheme-handler/mailto;text/html;
ENTRY
cat >"$XDG_CONFIG_HOME/mimeapps.list" <<LIST
[Default Applications]
x-scheme-handler/http=recorder.desktop
x-scheme-handler/https=recorder.desktop
x-scheme-handler/mailto=recorder.desktop
text/html=recorder.desktop
LIST

# Same picture without it, for 75 MiB more and a slower first paint; the accessibility bridge waits for a bus that is not there.
export WEBKIT_DISABLE_DMABUF_RENDERER=1 NO_AT_BRIDGE=1 GTK_A11Y=none
# A failed journey tells what the page showed; forty lines of the test runner would hide it.
export RUST_BACKTRACE=0

status=0
"$@" || status=$?
exit "$status"
