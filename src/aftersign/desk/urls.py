"""Addresses of the desk."""

from django.urls import path

from aftersign.desk import views
from aftersign.desk.adopting import views as adopting
from aftersign.desk.compliance import views as compliance
from aftersign.desk.help import views as guide
from aftersign.desk.notices import views as notices
from aftersign.desk.search import views as search
from aftersign.desk.setup import views as setup

urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("setup/", setup.first_day, name="setup"),
    path("setup/put-away/", setup.put_away, name="setup-put-away"),
    path("settings/sample/", setup.sample, name="sample"),
    path("notices/", notices.notices, name="notices"),
    path("notices/mark/", notices.mark, name="notice-mark"),
    path("notices/<uuid:pk>/go/", notices.follow, name="notice-follow"),
    path("me/notices/", notices.wishes, name="notice-wishes"),
    path("settings/notices/", notices.standing, name="notice-standing"),
    path("settings/notices/trial/", notices.trial, name="notice-trial"),
    path("duties/batch/", views.batch, name="batch"),
    path("duties/<uuid:pk>/", views.duty, name="duty"),
    path("duties/<uuid:pk>/take/", views.take, name="take"),
    path("orders/adopt/table/", adopting.tables, name="order-tables"),
    path("orders/adopt/table/empty.csv", adopting.empty_table, name="order-table-empty"),
    path("orders/adopt/table/<uuid:pk>/", adopting.table, name="order-table"),
    path("orders/adopt/table/<uuid:pk>/take/", adopting.take, name="order-table-take"),
    path("orders/adopt/table/<uuid:pk>/again/", adopting.again, name="order-table-again"),
    path("orders/adopt/table/<uuid:pk>/wrong.csv", adopting.wrong_rows, name="order-table-wrong"),
    path("orders/<str:number>/duties/", views.order_duties, name="order-duties"),
    path("search/", search.search, name="search"),
    path("search/palette/", search.palette, name="palette"),
    path("search/opened/", search.opened, name="opened"),
    path("clauses/", views.all_clauses, name="clauses"),
    path("clauses/<str:number>/", views.clause, name="clause"),
    path("help/", guide.index, name="help"),
    path("help/<slug:name>/", guide.page, name="help-page"),
    path("compliance/", compliance.matrix, name="compliance"),
    path("compliance/list/", compliance.duty_list, name="compliance-list"),
    path("compliance/paper/", compliance.paper, name="compliance-paper"),
    path("compliance/check/", compliance.check, name="compliance-check"),
    path("compliance/<str:clause>/<str:number>/", compliance.cell, name="compliance-cell"),
]
