"""Letters in English."""

from app.demo.story import Language, stories

_STORIES = """
# Quotation {number}: {product}
@us 0 html Quotation-{number}.pdf
Thank you for getting in touch. We are pleased to offer you {quantity} × {product} at {amount} net, delivered and
assembled. The quotation is attached and valid until {later}.

{reason}
@them 2 plain
Thanks for quotation {number}. Could you split the delivery, half of it now and the rest by {later}? Our lift is being
repaired, so fewer pieces at a time would help.
@us 1 plain
No problem at all: half next week, half by {later}, and no extra charge for the second trip.
@them 3 plain Order-{number}.pdf
Great. Our signed order is attached. Please call the front desk before you arrive.

# Delivery {number} is incomplete
@them 0 plain Delivery-note-{number}.csv
We have unpacked delivery {number} and are two pieces short: {quantity} × {product} ordered, two fewer in the boxes. The delivery
note is attached.
@us 0 plain
I am sorry about that. The missing pieces were on the next pallet; they will be with you on {later}.
@them 5 plain
They have arrived, thank you. All complete now.

# You are invited: open house on {later}
@us 0 html Programme.pdf
On {later} we open our workshop and show the new collection, {product} among it. Tours start at 4 pm, drinks and a bite
to eat afterwards. It would be lovely to see you there.
@them 5 plain
Thank you for the kind invitation. I am travelling that week, but two colleagues would like to come.
@us 0 plain
They are most welcome. I have put them on the list.

# Invoice {number} overdue?
@them 0 plain
We received a reminder for invoice {number} over {amount}, but our bank says it was paid last month. Could you check?
@us 1 plain
You are right, and I apologise: the payment had been booked to another customer. Please ignore the reminder. {reason}
@them 0 plain
Good to hear. No harm done.

# Complaint: {product}
@them 0 html
Three of the {quantity} pieces you delivered ({product}) wobble so badly that nobody wants to use them. We paid {amount} and expected better. Please
let us know by {later} what you intend to do.
@us 1 plain
Nobody should have to put up with that. Our technician will visit on {later} and level or replace them. {reason}
@them 6 plain
He came, he levelled, nothing wobbles. Thank you.

# Visit on {later}
@us 0 plain
I will be in town on {later} and would like to measure the rooms for {product}. Would 11 am suit you? Half an hour is enough.
@them 1 plain
11 am is fine. Ask for me at reception, they will print you a badge.

# Minutes of our call
@us 0 plain Minutes.pdf
Attached are the minutes of our call. Still open: samples of {product} by {later}, the assembly plan, and a budget of
{amount}. {reason}
@them 1 plain
Thanks, that matches my notes. I will chase the assembly plan.
"""

ENGLISH = Language(
    greetings=("Dear {who},", "Hello {who},", "Dear {who},"),
    closings=("Kind regards", "Best regards", "With best wishes"),
    quoting="On {date}, {name} wrote:",
    reply="Re: ",
    products=(
        "Fläsch sit-stand desks",
        "Säntis office chairs",
        "Whisper acoustic panels",
        "Longford meeting tables",
        "Tresorino filing cabinets",
        "Engelberg lounge chairs",
        "Daybreak floor lamps",
    ),
    reasons=(
        "Do call me if anything is unclear.",
        "Our fitter knows your building already.",
        "I am in the office until Friday; a colleague stands in for me after that.",
        "We have allowed for the narrow staircase.",
    ),
    stories=stories(_STORIES),
)
