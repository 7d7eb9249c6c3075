"""Registering a signed order, as a form that proposes whatever can be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company, people
from aftersign.kernel.shell.fields import PersonField
from aftersign.kernel.shell.rows import ADD, RowForms
from aftersign.kernel.shell.widgets import Tick, person_label
from aftersign.kernel.units import words
from aftersign.orders.acts.registering import faults_of
from aftersign.orders.entries import ContactEntry, CustomerEntry, MemberEntry, Registration
from aftersign.orders.forms import papers
from aftersign.orders.forms.choices import CONTRACT
from aftersign.orders.forms.particulars import FIELDS, TABLES, ParticularsForm
from aftersign.orders.forms.rows import CONTACTS
from aftersign.orders.models import Customer
from aftersign.orders.papers import from_token
from aftersign.orders.queries.customers import CustomerFacts, facts_of, resembling, suggested
from aftersign.orders.queries.days import rules_began, today
from aftersign.orders.queries.known import customers_named
from aftersign.orders.queries.people import load_of, preset
from aftersign.orders.rules import SALES

TEAM = "team-"
CUSTOMER_ASKED, KIND_ASKED = "customer", "kind"
FILLED = "-filled"
"""The end of the name under which the page says what was filled in without anybody having chosen it."""
REQUIRED = ("customer", "contract_no", "title", "kind", "signed_on", "sales_owner")
_NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Proposal:
    """A post of the team to be proposed: its field, how many running orders whoever stands there has in hand, and the
    id of whom a preset put there, empty where somebody chose."""

    post: str
    field: BoundField
    person: Person | None
    load: int
    filled: str


class RegistrationForm(ParticularsForm):
    """The one page of a new order: papers, what it says, and whom to propose for its team."""

    draft = "order.register"
    row_forms: ClassVar[Mapping[str, RowForms]] = {**ParticularsForm.row_forms, "contacts": CONTACTS}

    customer = forms.CharField(label=gettext_lazy("Customer"), max_length=200)
    is_new = forms.BooleanField(label=gettext_lazy("List as a new customer"), required=False, widget=Tick)
    sales_owner = PersonField(label=gettext_lazy("Sales owner"))
    as_usual = forms.BooleanField(
        label=gettext_lazy("Register in the usual way all the same"), required=False, widget=Tick
    )

    def __init__(self, request: HttpRequest) -> None:
        house, self.person = company(), request.actor.principal  # type: ignore[attr-defined]
        self.posts = [post for post in words.members("order_posts") if post != SALES]
        known = {"signed_on": today(house), "currency": house.base_currency, "sales_owner": self.person.pk}
        super().__init__(request, initial=known)
        self.here = {person.pk: person for person in people()}
        named = [("", ""), *((pk, person_label(person)) for pk, person in self.here.items())]
        for post in self.posts:
            self.fields[TEAM + post] = PersonField(label=post, required=False)
        for name in ("sales_owner", *(TEAM + post for post in self.posts)):
            self.fields[name].choices = named  # type: ignore[attr-defined]

    def proposed(self, request: HttpRequest, data: QueryDict) -> QueryDict:
        """Number and name from the contract's file; kind and currency as in the customer's last order; the preset team.

        What has been written stays. Whoever chooses another customer gets kind and currency of that one, unless they
        chose them themselves or have sent the form with what stood there; whoever chooses a kind gets its team, but
        for the posts to which they have chosen somebody.
        """
        actor: Actor = request.actor  # type: ignore[attr-defined]
        asked = data.get(ADD, "")
        for name in _contracts(data, actor)[:1]:
            _propose(data, "contract_no", papers.number_in(name))
            _propose(data, "title", papers.title_in(name))
        known = facts_of(customers_named(data.get("customer", "")).first(), actor)
        for name in _untouched():
            _fill(data, name, getattr(known.last, name) if known and known.last else "", asked)
        if asked in (CUSTOMER_ASKED, KIND_ASKED):
            members = preset(data.get("kind", ""))
            for post in self.posts:
                _preset(data, TEAM + post, str(members[post].person_id) if post in members else "")
        return data

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or self.cleaned_data
        name = given.get("customer", "")
        if name and self.listed is None and not given.get("is_new"):
            sentence = _("%(name)s is not listed yet; tick to list the customer, or correct the name.")
            self.add_error("customer", ValidationError(sentence, params={"name": name}))
        if self.asks_whether_usual and not given.get("as_usual"):
            sentence = _("Signed before these rules first took effect on %(day)s: adopt the order, or tick below.")
            self.add_error("signed_on", ValidationError(sentence, params={"day": self.began}))
        return given

    def does(self, act: Callable[[], Any]) -> bool:
        """Run the act when the form holds; else say with its own faults what the act would refuse, all at once."""
        if super().does(act):
            return True
        if self.is_bound and not self.unchecked and self.refusal is None:
            found = tuple(each for each in self.faults if not set(each.missing) & self.errors.keys())
            if found:
                self.refuse(Refused(found))
        return False

    @cached_property
    def began(self) -> date | None:
        """The day on which the policy first took effect."""
        return rules_began(company())

    @property
    def asks_whether_usual(self) -> bool:
        """Whether the order could be adopted instead, so that nothing of it is late at once."""
        signed_on = self.sketch.get("signed_on")
        return signed_on is not None and self.began is not None and signed_on < self.began

    @cached_property
    def listed(self) -> Customer | None:
        """The customer that is listed under the name."""
        return customers_named(str(self["customer"].value() or "")).first()

    @cached_property
    def facts(self) -> CustomerFacts | None:
        """What is known of the customer."""
        return facts_of(self.listed, self.actor)

    @cached_property
    def resembling(self) -> list[Customer]:
        """Customers with a name like the one that is not listed."""
        return [] if self.listed else resembling(str(self["customer"].value() or ""))

    @property
    def asks_for_new(self) -> bool:
        """Whether a name stands there that is not listed."""
        return bool(str(self["customer"].value() or "").strip()) and self.listed is None

    @property
    def kind_note(self) -> str:
        """Where the kind comes from."""
        last = self.facts.last if self.facts else None
        return _("as in the customer's last order") if last and last.kind == self["kind"].value() else ""

    @property
    def filled(self) -> dict[str, str]:
        """What was filled in without anybody having chosen it, for the page to say when it asks again."""
        return {name: self.data.get(name + FILLED, untouched) for name, untouched in _untouched().items()}

    @cached_property
    def so_far(self) -> Registration:
        """The registration as far as it can be read while it is still being written."""
        read = {each: self.read(each) for each in FIELDS}
        read |= {each: read[each] or "" for each in ("title", "contract_no", "kind", "currency", "secrecy")}
        # Against the day of signing delivery is judged: without one that can be read, by the day of delivery itself.
        read["signed_on"] = read["signed_on"] or read["delivery_on"] or today(company())
        read |= {each: self.rows_so_far(each) for each in TABLES}
        name = str(self["customer"].value() or "").strip()
        is_new = self.listed is None and name and self.read("is_new")
        return Registration(
            **read,
            customer=self.listed.pk if self.listed else None,
            new_customer=CustomerEntry(name=name) if is_new else None,
            sales_owner=_uuid(self["sales_owner"].value()) or _NOBODY,
            repeat_reason=self.read("repeat_reason") or "",
        )

    @cached_property
    def faults(self) -> tuple[Refusal, ...]:
        """What would be refused of it as it stands."""
        return tuple(faults_of(company(), self.so_far))

    @property
    def needs(self) -> list[tuple[str, bool]]:
        """What an order cannot be registered without, and whether it stands there and holds."""
        wrong = {*self.errors, *(name for each in self.faults for name in each.missing)}
        return [(str(self.fields[name].label), name not in wrong) for name in REQUIRED]

    @cached_property
    def suggested(self) -> list[Customer]:
        """Customers to begin with."""
        return suggested("")

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Whom the team is proposed to consist of."""
        return list(self._proposals())

    def _proposals(self) -> Iterator[Proposal]:
        chosen = {post: _uuid(self[TEAM + post].value()) for post in self.posts}
        loads = load_of({pk for pk in chosen.values() if pk})
        for post, pk in chosen.items():
            person = self.here.get(pk) if pk else None
            filled = self.data.get(TEAM + post + FILLED, "")
            yield Proposal(post, self[TEAM + post], person, loads.get(pk, 0) if pk else 0, filled)

    @property
    def registration(self) -> Registration:
        """What is to be registered; the form has been checked."""
        given = self.cleaned_data
        contacts = tuple(ContactEntry(**row) for row in given["contacts"])
        team = ((post, given[TEAM + post]) for post in self.posts)
        return Registration(
            **self.said(),
            customer=self.listed.pk if self.listed else None,
            new_customer=None if self.listed else CustomerEntry(name=given["customer"], contacts=contacts),
            sales_owner=given["sales_owner"].pk,
            repeat_reason=given["repeat_reason"],
            papers=self.papers,
            team=tuple(MemberEntry(post=post, person=person.pk) for post, person in team if person),
        )


def _contracts(data: QueryDict, actor: Actor) -> list[str]:
    rows = (f"{papers.ROWS}-{place}" for place in range(50))
    tokens = (
        str(data[f"{row}-token"]) for row in rows if data.get(f"{row}-kind") == CONTRACT and f"{row}-token" in data
    )
    files = (from_token(token, actor) for token in tokens)
    return [file.name for file in files if file]


def _propose(data: QueryDict, name: str, value: str, *, anew: bool = False) -> None:
    if value and (anew or not data.get(name, "").strip()):
        data[name] = value


def _fill(data: QueryDict, name: str, value: str, asked: str) -> None:
    """Fill in what nobody has chosen, and keep in mind that nobody has, until the form is sent to be registered."""
    is_untouched = data.get(name, "").strip() in ("", data.get(name + FILLED, _untouched()[name]))
    _propose(data, name, value, anew=is_untouched and asked == CUSTOMER_ASKED)
    data[name + FILLED] = data.get(name, "") if is_untouched and asked else ""


def _preset(data: QueryDict, name: str, person: str) -> None:
    """Put somebody where nobody stands but who stood there by a preset, and keep in mind that a preset did it."""
    is_untouched = data.get(name, "").strip() in ("", data.get(name + FILLED, ""))
    if is_untouched:
        data[name] = person
    data[name + FILLED] = person if is_untouched else ""


def _untouched() -> dict[str, str]:
    """What stands there before anybody has chosen anything."""
    return {"kind": "", "currency": company().base_currency}


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
