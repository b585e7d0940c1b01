"""What a reviewer has to judge."""


def reviewer_desk(request):
    """What the reviewer's part of the first page shows."""
    return {}
