"""Addresses of practices."""

from django.urls import path

from practices import views
from practices.cards import practice_card
from practices.compare import practice_compare
from practices.downloads import download
from practices.feeds import PracticeFeed
from practices.files import attachment, picture, picture_moved

app_name = "practices"
urlpatterns = [
    path("", views.practice_list, name="list"),
    path("feed.atom", PracticeFeed(), name="feed"),
    path("download.<slug:form>", download, name="download"),
    path("compare/", practice_compare, name="compare"),
    path("<slug:slug>/", views.practice_detail, name="detail"),
    path("<slug:slug>/card.png", practice_card, name="card"),
    path("<slug:slug>/images/<int:pk>/", picture_moved, name="image"),
    path("<slug:slug>/images/<str:name>", picture, name="picture"),
    path("<slug:slug>/attachments/<slug:key>/<str:name>.pdf", attachment, name="attachment"),
]
