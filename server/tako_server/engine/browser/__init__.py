"""Asking an upstream through a browser that FlareSolverr runs, without ever leaking one."""
