"""Addresses of the general chapter: duties, gates, facts and requests; the calendar, the organisation, its people."""

from django.urls import path

from aftersign.chapters.general.views import (
    calendar,
    company,
    deputies,
    duties,
    facts,
    leaving,
    newcomers,
    organisation,
    people,
    requests,
)

app_name = "general"
urlpatterns = [
    path("duties/<uuid:pk>/hand-on/", duties.hand_on, name="hand_on"),
    path("duties/<uuid:pk>/waiver/", duties.waiver, name="waiver"),
    path("duties/<uuid:pk>/extension/", duties.extension, name="extension"),
    path("refusals/<uuid:pk>/release/", facts.release, name="release"),
    path("facts/<uuid:pk>/withdraw/", facts.withdraw, name="withdraw"),
    path("requests/", requests.all_requests, name="requests"),
    path("requests/<uuid:pk>/", requests.one_request, name="request"),
    path("requests/<uuid:pk>/approve/", requests.approve, name="approve"),
    path("requests/<uuid:pk>/refuse/", requests.refuse, name="refuse"),
    path("requests/<uuid:pk>/take-back/", requests.take_back, name="take_back"),
    path("settings/company/", company.change, name="company"),
    path("settings/calendar/", calendar.calendar, name="calendar"),
    path("settings/calendar/<int:year>/", calendar.calendar, name="calendar_year"),
    path("settings/calendar/<int:year>/change/", calendar.change, name="change_calendar"),
    path("settings/people/", organisation.organisation, name="organisation"),
    path("settings/people/list/", people.people, name="people"),
    path("settings/people/new/", people.new_person, name="new_person"),
    path("settings/people/table/", newcomers.new_people, name="new_people"),
    path("settings/people/table/template/", newcomers.people_template, name="people_template"),
    path("settings/people/posts/<str:name>/", organisation.post, name="post"),
    path("settings/people/departments/new/", organisation.new_department, name="new_department"),
    path("settings/people/departments/<uuid:pk>/", organisation.department, name="department"),
    path("settings/people/departments/<uuid:pk>/change/", organisation.change_department, name="change_department"),
    path("settings/people/departments/<uuid:pk>/close/", organisation.close_department, name="close_department"),
    path("settings/people/<uuid:pk>/", people.person, name="person"),
    path("settings/people/<uuid:pk>/change/", people.move, name="move_person"),
    path("settings/people/<uuid:pk>/account/", people.account, name="account"),
    path("settings/people/<uuid:pk>/password/", people.password, name="password"),
    path("settings/people/<uuid:pk>/deputy/", deputies.name, name="name_deputy"),
    path("settings/people/<uuid:pk>/deputies/<uuid:deputy>/end/", deputies.end, name="end_deputy"),
    path("settings/people/<uuid:pk>/leave/", leaving.leave, name="leave"),
]
