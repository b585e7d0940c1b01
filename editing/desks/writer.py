"""What a coordinator writes, and what is asked of them."""


def writer_desk(request):
    """What the coordinator's part of the first page shows."""
    return {}
