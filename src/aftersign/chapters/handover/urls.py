"""Addresses of the handover, under the order to which it belongs."""

from django.urls import path

from aftersign.chapters.handover.views import beside, copies, form, sealing, signatures, together

app_name = "handover"
urlpatterns = [
    path("handover/signing/", together.together, name="together"),
    path("orders/<str:number>/handover/", form.form, name="form"),
    path("orders/<str:number>/handover/correct/", form.correct_form, name="correct_form"),
    path("orders/<str:number>/handover/versions/<int:form_number>/", form.version, name="version"),
    path("orders/<str:number>/handover/versions/<int:form_number>/form.pdf", form.printed, name="printed"),
    path("orders/<str:number>/handover/versions/<int:form_number>/check/", form.check, name="check"),
    path("orders/<str:number>/handover/versions/<int:form_number>/seal/", sealing.seal, name="seal"),
    path("orders/<str:number>/handover/versions/<int:form_number>/sealed.pdf", sealing.sealed, name="sealed"),
    path("orders/<str:number>/handover/explain/", beside.explain, name="explain"),
    path("orders/<str:number>/handover/original/", beside.original, name="original"),
    path("orders/<str:number>/handover/original/receipt/", beside.receipt, name="receipt"),
    path("orders/<str:number>/handover/correction/", beside.correction, name="correction"),
    path("orders/<str:number>/handover/questions/<uuid:question>/", beside.answer, name="answer"),
    path("orders/<str:number>/handover/questions/<uuid:question>/withdraw/", beside.withdraw, name="withdraw"),
    path("orders/<str:number>/handover/sign/", signatures.sign, name="sign"),
    path("orders/<str:number>/handover/signatures/<uuid:signature>/", signatures.check, name="signature"),
    path("orders/<str:number>/handover/signatures/<uuid:signature>/scan/", signatures.scan, name="scan"),
    path("orders/<str:number>/handover/signatures/<uuid:signature>/withdraw/", signatures.withdraw, name="unsign"),
    path("orders/<str:number>/handover/<str:department>/paper/", signatures.paper, name="paper"),
    path("orders/<str:number>/handover/<str:department>/", copies.copy, name="copy"),
    path("orders/<str:number>/handover/<str:department>/return/", copies.return_copy, name="return"),
    path("orders/<str:number>/handover/<str:department>/ask/", copies.ask, name="ask"),
    path("orders/<str:number>/handover/<str:department>/recall/", copies.recall, name="recall"),
]
