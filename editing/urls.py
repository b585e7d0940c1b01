"""Addresses of the editorial side that are not at the desk."""

from django.urls import path

from editing.previews import preview, preview_attachment, preview_picture
from editing.still_true import still_true
from editing.views import practice_history

app_name = "editing"
urlpatterns = [
    path("still-true/<str:link>/", still_true, name="still-true"),
    path("practices/<slug:slug>/history/", practice_history, name="history"),
    path("preview/<str:link>/", preview, name="preview"),
    path("preview/<str:link>/images/<str:name>", preview_picture, name="preview-picture"),
    path("preview/<str:link>/attachments/<int:pk>/", preview_attachment, name="preview-attachment"),
]
