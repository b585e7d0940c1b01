"""Views whose modules are loaded when somebody first asks for them: `docs/decisions/start-and-memory.md`."""

from django.utils.module_loading import import_string


def later(module, name):
    """The view of this name in the module of this dotted name; `load` gives the view itself."""

    def load():
        return import_string(f"{module}.{name}")

    def view(request, *args, **kwargs):
        return load()(request, *args, **kwargs)

    view.load = load
    return view
