"""The pool of browsers, against a stand-in for FlareSolverr or, with TAKO_TEST_FSR_URL, a real one."""
