"""Addresses of editions of the policy."""

from django.urls import path

from aftersign.chapters.final.views import deciding, drafting, reading, telling

app_name = "final"
urlpatterns = [
    path("settings/kinds/", reading.kinds, name="kinds"),
    path("settings/editions/", reading.editions, name="editions"),
    path("settings/editions/<str:version>/", reading.edition, name="edition"),
    path("settings/editions/<str:version>/compare/", reading.compare, name="compare"),
    path("settings/editions/<str:version>/rulebook.zip", reading.download, name="download"),
    path("settings/editions/<str:version>/parameters/", drafting.parameters, name="parameters"),
    path("settings/editions/<str:version>/questions/", drafting.questions, name="questions"),
    path("settings/editions/<str:version>/grades/", drafting.grades, name="grades"),
    path("settings/editions/<str:version>/files/", drafting.files, name="files"),
    path("settings/editions/<str:version>/issue/", deciding.issue, name="issue"),
    path("settings/editions/<str:version>/withdraw/", deciding.withdraw, name="withdraw"),
    path("settings/editions/<str:version>/tell/", telling.tell, name="tell"),
    path("policy/confirm/", telling.acknowledge, name="acknowledge"),
]
