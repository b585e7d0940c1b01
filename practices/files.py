"""Handing out files that editors uploaded: as what they are, and as nothing else."""

from django.http import FileResponse, Http404

SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def file_response(storage, name, content_type, headers, download_as=""):
    """The stored file, shown or, under the name `download_as`, saved; 404 if it is lost."""
    try:
        content = storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content,
        as_attachment=bool(download_as),
        filename=download_as,
        content_type=content_type,
        headers=SAFE | headers,
    )
