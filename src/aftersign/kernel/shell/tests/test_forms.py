"""Forms that run acts: summaries, refusals, keys, versions, rows."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils import translation

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Forbidden, Refusal, Refused, Stale
from aftersign.kernel.org.models import Department
from aftersign.kernel.shell.fields import DayField, FilesField, MoneyField
from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.shell.responses import page_or_part
from aftersign.kernel.shell.rows import RowForms
from aftersign.kernel.shell.tests.people import company, department, person, request
from aftersign.kernel.shell.widgets import Chips

pytestmark = pytest.mark.django_db
capabilities.declare("test.shell_form", Predicate("anybody", lambda actor, unit: actor.is_person))
tried: list[str] = []


@act("test.rename_department", capability="test.shell_form")
def rename(unit: Department, *, name: str, by: Actor) -> Department:
    """Give a department another name, unless it is a forbidden one."""
    tried.append(name)
    unit.name = name
    unit.save(update_fields=["name"])
    if name == "refused":
        raise Refused((Refusal("Choose another name.", terms=("1.3.3.b",), missing=("name",)),))
    return unit


class PaymentRow(forms.Form):
    """A row of the table of payments."""

    name = forms.CharField(label="Payment", max_length=20)
    amount = MoneyField(label="Amount")


class RenameForm(ActForm):
    """A form with one field of several kinds."""

    row_forms = {"payments": RowForms(PaymentRow, least=0)}

    name = forms.CharField(label="Name", max_length=40, help_text="As people call it")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=Chips, required=False)
    amount = MoneyField(label="Amount", required=False)
    on = DayField(label="Day", required=False)


@pytest.fixture(autouse=True)
def _without_policy(settings: Any) -> None:
    settings.ACT_GATEKEEPER = "aftersign.kernel.shell.tests.hooks.pass_everything"
    settings.JOURNAL_PROJECTOR = "aftersign.kernel.shell.tests.hooks.derive_nothing"
    tried.clear()


def _rename(unit: Department, form: RenameForm) -> Department:
    return rename(unit, name=form.cleaned_data["name"], by=form.actor)


def sent(data: dict[str, Any], unit: Department | None = None) -> RenameForm:
    return RenameForm(request(person(), data=data), unit)


def render(text: str, form: forms.Form) -> str:
    return Template(text).render(Context({"form": form}))


def test_a_form_that_was_not_sent_has_no_problems_and_a_new_key():
    asked = request(person())
    one, other = RenameForm(asked), RenameForm(asked)
    assert one.status == 200
    assert not one.problems
    assert one.initial["_key"] != other.initial["_key"]


def test_what_is_missing_is_said_as_what_to_do_with_a_link_to_the_place():
    form = sent({"name": ""})
    assert not form.does(lambda: pytest.fail("an act was run with a form that does not hold"))
    assert form.status == 422
    with translation.override("zh-hans"):
        form = sent({"name": ""})
        html = render("{% error_summary form %}{% form_field form.name %}", form)
    assert 'role="alert"' in html
    assert '<a href="#id_name">填写Name</a>' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_hint id_name_error"' in html
    assert 'id="id_name_error"' in html


def test_a_refused_act_keeps_what_was_typed_and_changes_nothing():
    unit = department("before")
    form = sent({"name": "refused", "_key": "k1"}, unit)
    assert not form.does(lambda: rename(unit, name=form.cleaned_data["name"], by=form.actor))
    assert Department.objects.get().name == "before"
    assert tried == ["refused"]
    assert form["name"].value() == "refused"
    (problem,) = form.problems
    assert (problem.sentence, problem.target, problem.clauses) == ("Choose another name.", "id_name", ("1.3.3",))
    html = render("{% error_summary form %}{% form_field form.name %}", form)
    assert html.count("Choose another name.") == 2
    assert 'class="cl"' in html


def test_the_same_key_twice_does_the_act_once():
    unit, who = department("before"), person()
    answers: list[Any] = []
    for _attempt in range(2):
        form = RenameForm(request(who, data={"name": "after", "_key": "same"}), unit)
        assert form.does(functools.partial(_rename, unit, form))
        answers.append(form.result)
    assert tried == ["after"]
    assert answers[0] == answers[1] == Department.objects.get()


def test_the_actor_brings_key_and_version():
    form = sent({"name": "x", "_key": "k9", "_version": "4"})
    assert form.is_valid()
    assert (form.actor.key, form.actor.version) == ("k9", 4)
    assert set(form.cleaned_data) == {"name", "kind", "amount", "on", "payments"}


@pytest.mark.parametrize(("kind", "status"), [(Refused, 422), (Forbidden, 403), (Stale, 409)])
def test_refusals_have_their_status(kind: type[Refused], status: int):
    def refuse() -> None:
        raise kind.because("No.")

    form = sent({"name": "x"})
    assert not form.does(refuse)
    assert form.status == status
    assert form.problems[0].sentence == "No."
    assert not form.is_valid()


def test_after_somebody_else_was_faster_the_form_shows_theirs_and_takes_the_new_version():
    unit = department("theirs")
    unit.version = 7
    asked = request(person(), data={"name": "mine", "_version": "3"})
    form = RenameForm(asked, unit, initial={"name": "theirs"})

    def too_late() -> None:
        raise Stale.because("Somebody was faster.")

    assert not form.does(too_late)
    html = render("{% form_keys form %}{% form_field form.name %}", form)
    assert 'name="_version" value="7"' in html
    assert "theirs" in html
    assert 'value="mine"' in html


def test_several_missing_parts_are_each_led_to():
    refusal = Refusal("Two parts are missing.", terms=("2.1.1.a",), missing=("amount", "on", "elsewhere"))

    def refuse() -> None:
        raise Refused((refusal,))

    form = sent({"name": "x"})
    form.does(refuse)
    targets = [problem.target for problem in form.problems]
    assert "id_amount" in targets
    assert "id_on" in targets
    assert form.problems[0].sentence == "Two parts are missing."


@pytest.mark.parametrize(
    ("typed", "held"),
    [("1,260,000.00", Decimal("1260000.00")), ("", None), ("3.5", Decimal("3.50"))],
)
def test_money_as_people_type_it(typed: str, held: Decimal | None):
    assert MoneyField(required=False).clean(typed) == held


@pytest.mark.parametrize("typed", ["12 apples", "1.234", "99999999999999", "1e9999"])
def test_money_that_is_none(typed: str):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(typed)


def test_files_are_measured_by_kind_and_size():
    field = FilesField(accept=(".pdf",), max_megabytes=1, required=False)
    good = SimpleUploadedFile("a.PDF", b"x")
    assert field.clean([good]) == [good]
    assert field.clean([]) == []
    for bad in (SimpleUploadedFile("a.exe", b"x"), SimpleUploadedFile("b.pdf", b"x" * (1024 * 1024 + 1))):
        with pytest.raises(forms.ValidationError):
            field.clean([good, bad])


ROWS = {"payments-rows": "2", "payments-0-name": "First", "payments-0-amount": "10", "payments-1-name": ""}


def test_rows_give_their_values_and_empty_ones_do_not_count():
    form = sent({"name": "x", **ROWS})
    assert form.is_valid()
    assert form.cleaned_data["payments"] == [{"name": "First", "amount": Decimal("10.00")}]


def test_a_faulty_row_is_led_to():
    form = sent({"name": "x", **ROWS, "payments-0-amount": "ten"})
    assert not form.is_valid()
    assert form.problems[0].target == "id_payments-0-amount"


def test_one_more_row_keeps_what_was_typed_and_does_nothing():
    form = sent({"name": "", **ROWS, "_add_row": "payments"})
    assert not form.does(lambda: pytest.fail("adding a row ran the act"))
    assert len(form.rows["payments"].forms) == 3
    html = render('{% error_summary form %}{% form_rows form.rows.payments "Payments" %}', form)
    assert 'value="First"' in html
    assert 'role="alert"' not in html
    assert form.status == 200


def test_a_row_can_be_taken_away():
    form = sent({"name": "x", **ROWS, "_drop_row": "payments-0"})
    assert [row.prefix for row in form.rows["payments"].forms] == ["payments-1"]


def test_nobody_makes_the_server_build_rows_without_end():
    form = sent({"name": "x", "payments-rows": "99999999"})
    assert len(form.rows["payments"].forms) == 200


def test_the_page_of_a_form_has_its_status(rf):
    company()
    form = sent({"name": ""})
    form.request.session = {}  # type: ignore[assignment]
    form.request.user = None  # type: ignore[assignment]
    answer = page_or_part(form.request, "shell/parts/error_summary.html", form=form, problems=form.problems)
    assert answer.status_code == 422


def test_the_summary_names_the_field_where_the_sentence_does_not():
    row = {"payments-rows": "2", "payments-0-name": "one", "payments-0-amount": "x"}
    with translation.override("zh-hans"):
        form = sent({"name": "n", "amount": "x", **row, "payments-1-name": "two", "payments-1-amount": "x"})
        assert not form.is_valid()
        said = [problem.label for problem in form.problems]
        html = render("{% error_summary form %}", form)
    assert said == ["Amount", "第 1 行：Amount", "第 2 行：Amount"]
    assert '<a href="#id_amount">Amount' in html
    assert len({html.count(label) for label in said}) == 2
