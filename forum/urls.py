"""The map of the site; docs/architecture.md explains its rules."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path

import forum.converters  # noqa: F401 - registers "uslug"
from forum.feeds import atom
from forum.feeds.sitemap import SITEMAPS
from forum.views import (
    accounts,
    applications,
    board_hall,
    boards,
    cities,
    digest_entries,
    digests,
    drafts,
    errors,
    exports,
    hall,
    history,
    home,
    keeping,
    legacy,
    log,
    me,
    memberships,
    moderation,
    notices,
    notifications,
    officers,
    people,
    posts,
    printing,
    recommendations,
    site,
    threads,
    watches,
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many_requests  # asked for by the account library
handler500 = errors.server_error

CITY = "c/<uslug:city>/"
BOARD = f"{CITY}b/<uslug:board>/"
HALL = f"{CITY}hall/"

urlpatterns = [
    path("", home.index, name="home"),
    path("rights/", site.rights, name="rights"),
    path("healthz", site.healthz, name="healthz"),
    path("robots.txt", site.robots, name="robots"),
    # Cities
    path("cities/", cities.index, name="cities"),
    path("cities/new/", cities.new, name="city_new"),
    path(CITY, cities.show, name="city"),
    path(f"{CITY}join/", memberships.join, name="city_join"),
    path(f"{CITY}leave/", memberships.leave, name="city_leave"),
    path(f"{CITY}apply/", applications.apply, name="city_apply"),
    path(f"{CITY}withdraw/", applications.withdraw, name="city_withdraw"),
    path(f"{CITY}watch/", watches.city, name="city_watch"),
    path(f"{CITY}citizens/", memberships.index, name="citizens"),
    path(f"{CITY}notices/", notices.index, name="notices"),
    path(f"{CITY}log/", log.index, name="log"),
    # City hall
    path(HALL, hall.show, name="hall"),
    path(f"{HALL}settings/", hall.settings, name="hall_settings"),
    path(f"{HALL}boards/", board_hall.manage, name="hall_boards"),
    path(f"{HALL}boards/order/", board_hall.order, name="hall_boards_order"),
    path(f"{HALL}boards/<uslug:board>/", board_hall.edit, name="hall_board"),
    path(f"{HALL}applications/", applications.index, name="hall_applications"),
    path(f"{HALL}applications/<int:application>/", applications.decide, name="hall_application"),
    path(f"{HALL}deputies/", officers.index, name="hall_deputies"),
    path(f"{HALL}deputies/dismiss/", officers.dismiss, name="hall_deputy_dismiss"),
    path(f"{HALL}notices/", notices.manage, name="hall_notices"),
    path(f"{HALL}notices/<int:notice>/", notices.edit, name="hall_notice"),
    path(f"{HALL}notices/<int:notice>/end/", notices.end, name="hall_notice_end"),
    # Boards and threads
    path(BOARD, boards.show, name="board"),
    path(f"{BOARD}watch/", watches.board, name="board_watch"),
    path(f"{BOARD}threads/", threads.create, name="thread_create"),
    path(f"{BOARD}threads/new/", threads.new, name="thread_new"),
    path("t/<int:thread>/", threads.show, name="thread"),
    path("t/<int:thread>/replies/", posts.create, name="reply"),
    path("t/<int:thread>/watch/", watches.thread, name="thread_watch"),
    path("t/<int:thread>/print/", printing.thread, name="thread_print"),
    path("t/<int:thread>/pin/", moderation.pin, name="thread_pin"),
    path("t/<int:thread>/unpin/", moderation.unpin, name="thread_unpin"),
    path("t/<int:thread>/lock/", moderation.lock, name="thread_lock"),
    path("t/<int:thread>/unlock/", moderation.unlock, name="thread_unlock"),
    path("t/<int:thread>/feature/", moderation.feature, name="thread_feature"),
    path("t/<int:thread>/unfeature/", moderation.unfeature, name="thread_unfeature"),
    path("t/<int:thread>/hide/", moderation.hide_thread, name="thread_hide"),
    path("t/<int:thread>/restore/", moderation.restore_thread, name="thread_restore"),
    path("t/<int:thread>/move/", moderation.move, name="thread_move"),
    # Posts
    path("p/<int:post>/", posts.show, name="post"),
    path("p/<int:post>/edit/", posts.edit, name="post_edit"),
    path("p/<int:post>/hide/", moderation.hide_post, name="post_hide"),
    path("p/<int:post>/restore/", moderation.restore_post, name="post_restore"),
    path("p/<int:post>/recommend/", recommendations.create, name="recommend"),
    path("p/<int:post>/unrecommend/", recommendations.delete, name="unrecommend"),
    path("p/<int:post>/recommenders/", recommendations.index, name="recommenders"),
    path("p/<int:post>/history/", history.index, name="post_history"),
    path("p/<int:post>/print/", printing.post, name="post_print"),
    path("p/<int:post>/digest/", keeping.keep, name="post_digest"),
    # People
    path("u/<str:name>/", people.show, name="person"),
    path("u/<str:name>/digests/<uslug:digest>/", digests.show, name="digest"),
    # For machines
    path("feeds/", atom.SiteFeed(), name="feeds_site"),
    path("feeds/c/<uslug:city>/", atom.CityFeed(), name="feeds_city"),
    path("feeds/c/<uslug:city>/b/<uslug:board>/", atom.BoardFeed(), name="feeds_board"),
    path("feeds/t/<int:thread>/", atom.ThreadFeed(), name="feeds_thread"),
    path("feeds/u/<str:name>/", atom.PersonFeed(), name="feeds_person"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_part"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_part"),
    # My own
    path("me/", me.index, name="me"),
    path("me/notifications/", notifications.index, name="me_notifications"),
    path("me/notifications/read/", notifications.read, name="notifications_read"),
    path("me/notifications/<int:notification>/", notifications.show, name="notification"),
    path("me/watches/", watches.index, name="me_watches"),
    path("me/settings/", me.settings, name="me_settings"),
    path("me/drafts/", drafts.index, name="me_drafts"),
    path("me/drafts/<int:draft>/", drafts.show, name="draft"),
    path("me/drafts/<int:draft>/discard/", drafts.discard, name="draft_discard"),
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
    # Addresses of imported forums
    re_path(r"^t/(?P<slug>[^/]+)/(?P<source>\d+)(?:/(?P<number>\d+))?/?$", legacy.thread, name="legacy_thread"),
]
