"""Who is told what when a case moves on."""


def tell(step):
    """Writes to those who must act next, and to those who want to know of everything."""
