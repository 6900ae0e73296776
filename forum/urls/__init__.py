"""The map of the site, an area a module; docs/architecture.md explains its rules."""

from forum.urls import cities, hall, machines, mail, people, site, threads
from forum.views import errors

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many_requests  # asked for by the account library
handler500 = errors.server_error

urlpatterns = [
    *threads.first,
    *site.urlpatterns,
    *cities.urlpatterns,
    *hall.urlpatterns,
    *threads.urlpatterns,
    *people.urlpatterns,
    *mail.urlpatterns,
    *machines.urlpatterns,
]
