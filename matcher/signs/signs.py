"""What a message says itself about who wrote it, read once and looked up for many at a time."""

from dataclasses import dataclass

from mail.address import Address
from mail.message import ParsedMessage
from mail.paper_address import PaperAddress
from matcher.signs.names import firms, signers
from matcher.signs.numbers import CustomerNumbers, customer_numbers, registered_numbers
from matcher.signs.phones import phones
from matcher.signs.written import written

_COUNTRY = "CH"
_NONE = CustomerNumbers()


@dataclass(frozen=True, slots=True)
class Signs:
    """Numbers and names that an author gives; *registered* ones with their kind."""

    customer_numbers: CustomerNumbers = _NONE
    registered: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()


def signs_of(message: ParsedMessage, author: Address | PaperAddress) -> Signs:
    """Return the signs of a message that *author* wrote; of an organisation and of the person."""
    its = written(message)
    card = (*its.last, *its.signature)
    return Signs(
        customer_numbers(its.subject, its.text, "\n".join(its.signature)),
        registered_numbers(card),
        phones(card, domain=author.domain_key, country=_COUNTRY),
        firms(card),
        signers(card),
    )


def signers_of(message: ParsedMessage) -> Signs:
    """Return the signs of the person alone: the organisation is known."""
    its = written(message)
    return Signs(signers=signers((*its.last, *its.signature)))
