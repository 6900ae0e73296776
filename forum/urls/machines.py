"""What machines read: pictures, feeds and site maps."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path, re_path

from forum.feeds import atom
from forum.feeds.log import LogFeed
from forum.feeds.searches import search_feed
from forum.feeds.sitemap import SITEMAPS
from forum.text.pictures import BARE_NAME
from forum.views import media

urlpatterns = [
    re_path(r"^media/crests/(?P<crest>[0-9a-f]{32})\.png$", media.crest, name="crest"),
    re_path(r"^media/avatars/(?P<avatar>[0-9a-f]{32})\.png$", media.avatar, name="avatar"),
    re_path(rf"^media/images/(?P<image>{BARE_NAME})$", media.image, name="image"),
    path("feeds/", atom.SiteFeed(), name="feeds_site"),
    path("feeds/c/<uslug:city>/", atom.CityFeed(), name="feeds_city"),
    path("feeds/c/<uslug:city>/log/", LogFeed(), name="feeds_log"),
    path("feeds/c/<uslug:city>/b/<uslug:board>/", atom.BoardFeed(), name="feeds_board"),
    path("feeds/t/<int:thread>/", atom.ThreadFeed(), name="feeds_thread"),
    path("feeds/u/<str:name>/", atom.PersonFeed(), name="feeds_person"),
    path("feeds/search/", search_feed, name="feeds_search"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_part"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_part"),
]
