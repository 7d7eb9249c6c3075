"""The policy as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PolicyConfig(AppConfig):
    """Editions, duties and the gatekeeper."""

    name = "aftersign.policy"
    label = "policy"
    verbose_name = _("Policy")

    def ready(self) -> None:
        from aftersign.kernel.search.sources import register
        from aftersign.kernel.units import registry, words
        from aftersign.policy import facts  # noqa: F401  (importing declares the facts of the clock)
        from aftersign.policy.finding import CLAUSES
        from aftersign.policy.labels import EditionWords
        from aftersign.policy.notices.offers import offer_all
        from aftersign.policy.unit import KINDS

        for kind in KINDS:
            registry.register(kind)
        register(CLAUSES)
        words.lend(EditionWords())
        offer_all()
