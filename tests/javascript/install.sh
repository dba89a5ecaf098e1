# Installs the linter of the scripts. Where there is no npm, says so: tests/test_javascript.py then skips the linter.
cd "$(dirname "$0")" || exit 1
if ! command -v npm >/dev/null; then
  echo "npm is not installed: the scripts will not be linted."
elif [ ! -x node_modules/.bin/oxlint ]; then
  npm install --no-package-lock --no-audit --no-fund --loglevel=error ||
    echo "the linter of the scripts could not be installed: they will not be linted."
fi
