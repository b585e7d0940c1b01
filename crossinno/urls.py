"""Every address of the site. English has no prefix; other interface languages have theirs, /de/ for example."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from accounts.later import later
from crossinno import machines, sitemaps, views
from crossinno.suggestions import suggestions

urlpatterns = [
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_section, name="sitemap-section"),
    path("api/v1/", include("api.urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("search/", views.search, name="search"),
        path("suggestions/", suggestions, name="suggestions"),
        path("about/", views.about, name="about"),
        path("accessibility/", views.accessibility, name="accessibility"),
        path("privacy/", views.privacy, name="privacy"),
        path("practices/", include("practices.urls")),
        path("themes/", include("practices.theme_urls")),
        path("cities/", include("practices.city_urls")),
        path("events/", include("events.urls")),
        path("api/", later("api.docs", "docs"), name="api-docs"),
        path("contact/", include("contact.urls")),
        path("account/", include("accounts.urls")),
        path("", include("editing.urls")),
        path("site.webmanifest", machines.manifest, name="manifest"),
        path("admin/home-on/", views.home_on, name="home-on"),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]

handler400 = "crossinno.errors.bad_request"
handler403 = "crossinno.errors.permission_denied"
handler404 = "crossinno.errors.page_not_found"
handler429 = "crossinno.errors.too_many_requests"
handler500 = "crossinno.errors.server_error"
