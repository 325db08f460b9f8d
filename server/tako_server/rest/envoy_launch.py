"""A program that becomes Envoy, and that dies with the process that started it.

Run by path, with nothing of Tako imported: `python -I -S envoy_launch.py PARENT-PID ENVOY ARGUMENT...`. A program of
its own rather than subprocess's preexec_fn, which forks with all of the parent's gRPC threads in unknown states.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # <sys/prctl.h>; Linux only


def main() -> None:
    """Ask for a SIGKILL at the parent's death, which execv keeps, and become Envoy."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before it could be heard
        sys.exit("the parent is gone")
    os.execv(program[0], program)  # noqa: S606 - both come from EnvoyProcess


if __name__ == "__main__":
    main()
