"""Build the archive in this folder, as ``stemma build`` does. See ``python build.py --help``.

The pipeline itself is stemma/commands/build.py; docs/design.md explains the stages.
"""

import sys
from pathlib import Path

from stemma.__main__ import main

if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent))
