#!/bin/sh
# Browsers for the browser tests: those there are, else installed where that is allowed, else a line that says how.
set -u

# browser NAME PACKAGE VARIABLE COMMAND...: whether one of the commands is there, or can be had.
browser() {
  name=$1 package=$2 variable=$3
  shift 3
  for command in "$@"; do
    if [ -n "$command" ] && command -v "$command" >/dev/null 2>&1; then
      return 0
    fi
  done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $name for the browser tests …"
    (apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package") >/dev/null 2>&1 && return 0
  fi
  echo "No $name was found: its tests will be skipped. Install $package, or set $variable to its path."
}

browser Chromium chromium CHROMIUM "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable
browser Firefox firefox-esr FIREFOX "${FIREFOX:-}" firefox firefox-esr
