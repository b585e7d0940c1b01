"""Addresses of cities."""

from django.urls import path

from practices import city_pages

app_name = "cities"
urlpatterns = [
    path("", city_pages.city_list, name="list"),
    path("<slug:slug>/", city_pages.city_detail, name="detail"),
]
