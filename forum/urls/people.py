"""People, what is my own, and accounts."""

from django.urls import include, path

from forum.views import (
    accounts,
    appeals,
    digest_entries,
    digests,
    drafts,
    exports,
    me,
    notifications,
    people,
    profiles,
    reports,
    searches,
    watches,
)

urlpatterns = [
    path("u/<str:name>/", people.show, name="person"),
    path("u/<str:name>/recommendations/", people.recommendations, name="person_recommendations"),
    path("u/<str:name>/report/", reports.person, name="report_person"),
    path("u/<str:name>/digests/<uslug:digest>/", digests.show, name="digest"),
    # My own
    path("me/", me.index, name="me"),
    path("me/decisions/", appeals.index, name="me_decisions"),
    path("me/decisions/<int:decision>/appeal/", appeals.appeal, name="me_appeal"),
    path("me/decisions/<int:decision>/appeal/withdraw/", appeals.withdraw, name="me_appeal_withdraw"),
    path("me/notifications/", notifications.index, name="me_notifications"),
    path("me/notifications/read/", notifications.read, name="notifications_read"),
    path("me/notifications/<int:notification>/", notifications.show, name="notification"),
    path("me/reports/", reports.index, name="me_reports"),
    path("me/reports/<int:report>/withdraw/", reports.withdraw, name="report_withdraw"),
    path("me/watches/", watches.index, name="me_watches"),
    path("me/profile/", profiles.edit, name="me_profile"),
    path("me/profile/picture/", profiles.picture, name="me_picture"),
    path("me/settings/", me.settings, name="me_settings"),
    path("me/drafts/", drafts.index, name="me_drafts"),
    path("me/drafts/<int:draft>/", drafts.show, name="draft"),
    path("me/drafts/<int:draft>/discard/", drafts.discard, name="draft_discard"),
    path("me/searches/", searches.index, name="me_searches"),
    path("me/searches/<int:search>/delete/", searches.delete, name="search_delete"),
    path("me/searches/forget/", searches.forget, name="me_searches_forget"),
    path("me/export/", exports.show, name="me_export"),
    path("me/digests/", digests.index, name="me_digests"),
    path("me/digests/<uslug:digest>/", digests.edit, name="digest_edit"),
    path("me/digests/<uslug:digest>/delete/", digests.delete, name="digest_delete"),
    path("me/digests/<uslug:digest>/entries/<int:entry>/", digest_entries.edit, name="digest_entry"),
    path("me/digests/<uslug:digest>/entries/<int:entry>/move/", digest_entries.move, name="digest_entry_move"),
    path("me/digests/<uslug:digest>/entries/<int:entry>/remove/", digest_entries.remove, name="digest_entry_remove"),
    # Accounts
    path("accounts/preferences/", accounts.preferences, name="preferences"),
    path("accounts/", include("allauth.urls")),
]
