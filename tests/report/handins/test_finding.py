"""Which documents of a folder are looked at."""

from report.handins.finding import find


def test_all_documents_below_in_order_and_nothing_else(tmp_path):
    names = ("b.pdf", "a.MD", "z/c.docx", "z/y/d.ipynb", "e.html")
    others = ("a.png", "~$c.docx", ".git/x.md", "z/.oculto.md")
    for name in (*names, *others):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "vuelta").symlink_to(tmp_path)
    found = [path.relative_to(tmp_path).as_posix() for path in find([tmp_path])]
    assert found == ["a.MD", "b.pdf", "e.html", "z/c.docx", "z/y/d.ipynb"]


def test_what_is_named_is_looked_at_once_whatever_it_is(tmp_path):
    (tmp_path / "a.md").touch()
    given = [tmp_path / "nada.txt2", tmp_path / "a.md", tmp_path]
    assert find(given) == given[:2]
