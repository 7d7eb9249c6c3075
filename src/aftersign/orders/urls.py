"""Addresses of orders and customers."""

from django.urls import path

from aftersign.orders.views import case, customers, defaults, ending, halting, lists, papers, registering

app_name = "orders"
urlpatterns = [
    path("orders/", lists.orders, name="list"),
    path("orders/register/", registering.register, name="register"),
    path("orders/adopt/", registering.adopt, name="adopt"),
    path("orders/customers/", lists.customer_list, name="customers"),
    path("orders/customers/new/", customers.new, name="new_customer"),
    path("orders/customers/suggested/", registering.suggestions, name="suggestions"),
    path("orders/customers/<str:number>/", customers.customer, name="customer"),
    path("orders/papers/<uuid:paper>/", papers.paper, name="paper"),
    path("orders/papers/<uuid:paper>/file/", papers.file, name="paper_file"),
    path("orders/papers/<uuid:paper>/pages/<int:page>/", papers.preview, name="paper_preview"),
    path("orders/documents/<uuid:document>/file/", papers.document, name="document"),
    path("settings/teams/", defaults.defaults, name="defaults"),
    path("settings/teams/<str:kind>/", defaults.defaults, name="defaults_of"),
    path("orders/<str:number>/", case.order, name="order"),
    path("orders/<str:number>/activity/", case.activity, name="activity"),
    path("orders/<str:number>/edit/", case.edit, name="edit"),
    path("orders/<str:number>/team/", case.team, name="team"),
    path("orders/<str:number>/complete/", ending.complete, name="complete"),
    path("orders/<str:number>/close/", ending.close, name="close"),
    path("orders/<str:number>/suspend/", halting.suspend, name="suspend"),
    path("orders/<str:number>/resume/", ending.resume, name="resume"),
    path("orders/<str:number>/terminate/", halting.terminate, name="terminate"),
]
