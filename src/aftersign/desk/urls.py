"""Addresses of the desk."""

from django.urls import path

from aftersign.desk import views
from aftersign.desk.compliance import views as compliance

urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("duties/batch/", views.batch, name="batch"),
    path("duties/<uuid:pk>/", views.duty, name="duty"),
    path("duties/<uuid:pk>/take/", views.take, name="take"),
    path("orders/<str:number>/duties/", views.order_duties, name="order-duties"),
    path("clauses/", views.all_clauses, name="clauses"),
    path("clauses/<str:number>/", views.clause, name="clause"),
    path("compliance/", compliance.matrix, name="compliance"),
    path("compliance/list/", compliance.duty_list, name="compliance-list"),
    path("compliance/paper/", compliance.paper, name="compliance-paper"),
    path("compliance/<str:clause>/<str:number>/", compliance.cell, name="compliance-cell"),
]
