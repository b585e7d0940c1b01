"""Views whose modules are loaded when somebody first asks for them."""

import sys

from django.http import HttpResponse

from accounts.later import later


def test_module_is_loaded_by_the_first_request_and_answers(tmp_path, monkeypatch, rf):
    (tmp_path / "seldom_asked.py").write_text(
        "from django.http import HttpResponse\ndef greet(request, name):\n    return HttpResponse(f'Hello {name}')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    view = later("seldom_asked", "greet")
    before = "seldom_asked" in sys.modules

    answer = view(rf.get("/"), name="Ada")

    assert isinstance(answer, HttpResponse)
    assert answer.content == b"Hello Ada"
    assert not before
    monkeypatch.delitem(sys.modules, "seldom_asked")


def test_view_itself_can_be_asked_for():
    view = later("api.docs", "docs")

    found = view.load()

    assert found.__module__ == "api.docs"
    assert found.__name__ == "docs"
