"""City hall, where the officers of a city work."""

from django.urls import path

from forum.urls.cities import CITY
from forum.views import (
    appeals,
    applications,
    board_hall,
    hall,
    hall_bulk,
    hall_queue,
    holds,
    notices,
    officers,
    rules,
    sanctions,
    succession,
)

HALL = f"{CITY}hall/"

urlpatterns = [
    path(HALL, hall_queue.show, name="hall"),
    path(f"{HALL}queue/bulk/", hall_bulk.bulk, name="hall_bulk"),
    path(f"{HALL}queue/<str:kind>/<int:item>/", hall_queue.item, name="hall_item"),
    path(f"{HALL}overview/", hall.overview, name="hall_overview"),
    path(f"{HALL}settings/", hall.settings, name="hall_settings"),
    path(f"{HALL}crest/", hall.crest, name="hall_crest"),
    path(f"{HALL}rules/", rules.edit, name="hall_rules"),
    path(f"{HALL}held/<int:hold>/", holds.decide, name="hall_held"),
    path(f"{HALL}sanctions/", sanctions.index, name="hall_sanctions"),
    path(f"{HALL}sanctions/new/", sanctions.new, name="hall_sanction_new"),
    path(f"{HALL}sanctions/<int:sanction>/lift/", sanctions.lift, name="hall_sanction_lift"),
    path(f"{HALL}appeals/<int:appeal>/", appeals.hear, name="hall_appeal"),
    path(f"{HALL}appeals/<int:appeal>/pass/", appeals.pass_on, name="hall_appeal_pass"),
    path(f"{HALL}boards/", board_hall.manage, name="hall_boards"),
    path(f"{HALL}boards/order/", board_hall.order, name="hall_boards_order"),
    path(f"{HALL}boards/<uslug:board>/", board_hall.edit, name="hall_board"),
    path(f"{HALL}applications/", applications.index, name="hall_applications"),
    path(f"{HALL}applications/<int:application>/", applications.decide, name="hall_application"),
    path(f"{HALL}deputies/", officers.index, name="hall_deputies"),
    path(f"{HALL}deputies/abilities/", officers.grant, name="hall_abilities"),
    path(f"{HALL}deputies/dismiss/", officers.dismiss, name="hall_deputy_dismiss"),
    path(f"{HALL}notices/", notices.manage, name="hall_notices"),
    path(f"{HALL}notices/<int:notice>/", notices.edit, name="hall_notice"),
    path(f"{HALL}notices/<int:notice>/end/", notices.end, name="hall_notice_end"),
    path(f"{HALL}succession/", succession.hall, name="hall_succession"),
    path(f"{HALL}succession/withdraw/", succession.withdraw, name="handover_withdraw"),
    path(f"{HALL}succession/appoint/", succession.appoint, name="hall_appoint"),
    path(f"{HALL}archive/", succession.archive, name="hall_archive"),
    path(f"{HALL}reopen/", succession.reopen, name="hall_reopen"),
]
