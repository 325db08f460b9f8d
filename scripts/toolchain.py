"""Whether a language's tools are on this machine. Only who changes the contract needs all of them."""

import os
import shutil
import sys


def has_toolchain(program: str, language: str) -> bool:
    """Whether `program` can be started. Says so in one line where it can't; in CI that is a failure."""
    if shutil.which(program):
        return True
    missing = f"{language}: the generated code is left as it is, because there is no `{program}` here"
    if os.environ.get("TAKO_CI") == "1":
        sys.exit(missing)
    print(missing)
    return False
