"""Where things lie."""

from experiments.records import results
from report import paths


def test_results_are_complete_by_the_file_that_experiments_writes():
    assert paths.MANIFEST_FILE == results.MANIFEST_FILE
