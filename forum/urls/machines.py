"""What machines read: pictures, feeds and site maps."""

from django.urls import path, re_path

from forum.feeds import log, posts, sitemap, threads
from forum.text.pictures import BARE_NAME
from forum.views import cards, media

urlpatterns = [
    re_path(r"^media/crests/(?P<crest>[0-9a-f]{32})\.png$", media.crest, name="crest"),
    re_path(r"^media/avatars/(?P<avatar>[0-9a-f]{32})\.png$", media.avatar, name="avatar"),
    re_path(rf"^media/images/(?P<image>{BARE_NAME})$", media.image, name="image"),
    re_path(
        r"^og/(?P<noun>thread|city|digest)/(?P<shared>\d{1,18})-(?P<version>[0-9a-f]{12})\.png$",
        cards.show,
        name="card",
    ),
    path("feeds/", threads.site, name="feeds_site"),
    path("feeds/log/", log.site, name="feeds_site_log"),
    path("feeds/c/<uslug:city>/", threads.city, name="feeds_city"),
    path("feeds/c/<uslug:city>/log/", log.city, name="feeds_log"),
    path("feeds/c/<uslug:city>/b/<uslug:board>/", threads.board, name="feeds_board"),
    path("feeds/t/<int:thread>/", posts.thread, name="feeds_thread"),
    path("feeds/u/<str:name>/", posts.person, name="feeds_person"),
    path("feeds/u/<str:name>/digests/<uslug:digest>/", posts.digest, name="feeds_digest"),
    path("feeds/search/", posts.search, name="feeds_search"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    re_path(r"^sitemap-(?P<section>[a-z]+)-(?P<part>\d{1,9})\.xml$", sitemap.in_part, name="sitemap_part"),
]
