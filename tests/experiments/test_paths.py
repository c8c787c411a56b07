"""Where things lie, in a clone and where the program is installed."""

from experiments.paths import place


def test_in_a_clone_it_lies_beside_the_packages(tmp_path):
    (tmp_path / "templates").mkdir()
    assert place("templates", tmp_path) == tmp_path / "templates"


def test_where_it_is_installed_it_lies_in_the_program_s_own_folder(tmp_path):
    (tmp_path / "informe" / "templates").mkdir(parents=True)
    (tmp_path / "templates").mkdir()  # of another package
    assert place("templates", tmp_path) == tmp_path / "informe" / "templates"


def test_a_folder_of_the_same_name_in_a_clone_is_of_its_user(tmp_path):
    (tmp_path / "informe").mkdir()
    assert place("templates", tmp_path) == tmp_path / "templates"
