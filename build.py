"""Build the archive in this folder, as ``stemma build`` does. See ``python build.py --help``.

The pipeline itself is stemma/commands/build.py. What comes first here must be readable to any Python, old ones too.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("error: Stemma needs Python 3.11 or later; this is %d.%d. Run it with another." % sys.version_info[:2])
try:
    from pathlib import Path

    from stemma.__main__ import main
except ModuleNotFoundError as missing:
    install = "python -m pip install --require-hashes -r requirements.txt"
    sys.exit("error: %s is not installed. Run here: %s" % (missing.name, install))

if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
