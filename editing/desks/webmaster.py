"""What a webmaster keeps in order."""


def webmaster_desk(request):
    """What the webmaster's part of the first page shows."""
    return {}
