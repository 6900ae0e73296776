"""The site as a whole: its front, its notices and public log, and the hall of its moderators."""

from django.urls import path

from forum.admin import site as administration
from forum.views import (
    appeals,
    claims,
    help_pages,
    home,
    log,
    message_reports,
    offline,
    robots,
    sanctions,
    search,
    site,
    site_categories,
    site_hall,
    site_notices,
    style,
)

urlpatterns = [
    path("", home.index, name="home"),
    path("rights/", site.rights, name="rights"),
    path("help/writing/", help_pages.writing, name="help_writing"),
    path("style/", style.index, name="style"),  # only where the site is developed
    path("search/", search.index, name="search"),
    path("search/offers/", search.offers, name="search_offers"),
    path("healthz", site.healthz, name="healthz"),
    path("robots.txt", robots.robots, name="robots"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("sw.js", offline.worker, name="service_worker"),
    path("offline/", offline.index, name="offline"),
    # Notices and the public log
    path("notices/", site_notices.index, name="notices_of_site"),
    path("notices/<int:site_notice>/", site_notices.show, name="notice_of_site"),
    path("log/", log.site, name="log_of_site"),
    # The hall of the moderators
    path("moderation/", site_hall.queue, name="site_hall"),
    path("moderation/people/", site_hall.people, name="site_people"),
    path("moderation/people/<str:name>/", site_hall.person, name="site_person"),
    path("moderation/cities/", site_hall.cities, name="site_cities"),
    path("moderation/cities/<uslug:city>/", site_hall.city, name="site_city"),
    path("moderation/notices/", site_notices.manage, name="site_notices"),
    path("moderation/notices/<int:site_notice>/", site_notices.edit, name="site_notice"),
    path("moderation/notices/<int:site_notice>/end/", site_notices.end, name="site_notice_end"),
    path("moderation/categories/", site_categories.index, name="site_categories"),
    path("moderation/categories/order/", site_categories.order, name="site_categories_order"),
    path("moderation/categories/<int:category>/", site_categories.edit, name="site_category"),
    path("moderation/categories/<int:category>/cities/", site_categories.move, name="site_category_cities"),
    path("moderation/categories/<int:category>/delete/", site_categories.delete, name="site_category_delete"),
    path("moderation/claims/", claims.index, name="site_claims"),
    path("moderation/claims/<int:claim>/", claims.decide, name="site_claim"),
    path("moderation/sanctions/", sanctions.index, name="site_sanctions"),
    path("moderation/sanctions/new/", sanctions.new, name="site_sanction_new"),
    path("moderation/sanctions/<int:suspension>/lift/", sanctions.lift_suspension, name="site_sanction_lift"),
    path("moderation/messages/", message_reports.index, name="site_message_reports"),
    path("moderation/messages/<int:message_report>/", message_reports.show, name="site_message_report"),
    path("moderation/appeals/<int:site_appeal>/", appeals.hear_for_site, name="site_appeal"),
    path("admin/", administration.urls),
]
