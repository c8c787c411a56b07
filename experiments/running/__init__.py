"""Which runs make a set of results, which of them must be done, and doing them: here, or on other
machines. Nothing here can alter what comes out of a run."""
