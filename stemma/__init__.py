"""Stemma: a folder of raw text files -> a static archive that shows every copy and every difference."""

__version__ = "0.2.0"
"""The version of the program, which the wheel, the archive's requirements and ``stemma --version`` state."""
