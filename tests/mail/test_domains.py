"""Domains at which strangers have addresses: those that Postbuch knows, and those that a firm adds."""

import pytest

from mail.domains import registrable, share_also

SHARED = (
    "gmx.ch", "bluewin.ch", "hispeed.ch", "hin.ch", "t-online.de", "web.de", "aon.at", "orange.fr",
    "laposte.net", "libero.it",
    "pec.it", "gmail.com", "outlook.com", "firm.zendesk.com", "firm.onmicrosoft.com", "wixsite.com",
    "github.io",
    "myshopify.com", "co.uk", "mailinator.com",
)  # fmt: skip


@pytest.mark.parametrize("domain", SHARED)
def test_nobody_is_known_by_a_domain_that_strangers_share(domain: str) -> None:
    assert registrable(domain) is None


@pytest.mark.parametrize(
    "domain", ["muster.ch", "a.b.muster.ch", "muster.co.uk", "bluewin-treuhand.ch", "mygmx.ch"]
)
def test_a_domain_of_ones_own_is_ones_own(domain: str) -> None:
    assert registrable(domain) is not None


def test_a_firm_may_add_domains_and_take_them_back() -> None:
    assert registrable("portal.example") == "portal.example"
    share_also(["Portal.example."])
    try:
        assert registrable("portal.example") is None
        assert registrable("kunde.portal.example") is None
    finally:
        share_also([])
    assert registrable("portal.example") == "portal.example"
