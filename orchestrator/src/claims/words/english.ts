import { phrases } from '../../intents/phrases.ts'
import type { ClaimWords } from './claim-words.ts'

export const english: ClaimWords = {
  words: {
    have: phrases`i have, ive, we have, weve`,
    now: phrases`
      just, now, already, also, successfully, gone ahead and, went ahead and, finally, happily,
      duly, therefore, indeed, just now, officially, safely, both, all, hereby, in fact
    `,
    is: phrases`is, are, has been, have been, has now been, has just been`,
    booked: phrases`booked, booked in, reserved, confirmed, secured, all booked, rebooked`,
    made: phrases`
      made, placed, completed, finalised, finalized, created, processed, secured, arranged,
      finished, entered, set up
    `,
    done: phrases`
      made, complete, completed, finalised, finalized, done, in place, all set, placed, created,
      processed, entered, in our system, in the system, all done
    `,
    your: phrases`your, the, this, that, a, an, our`,
    the: phrases`your, the, this, that`,
    kind: phrases`
      room, hotel, new, second, other, double, single, twin, suite, family, current, existing,
      table, whole, entire
    `,
    booking: phrases`booking, reservation, bookings, reservations`,
    room: phrases`
      room, rooms, suite, apartment, stay, table, double, single, twin, bed, studio, penthouse
    `,
    what: phrases`
      you, your, the, a, an, it, that, this, one, two, three, four, five, them, both, everything
    `,
    forYou: phrases`
      for you, in your name, under your name, under the name, in the name, on your name
    `,
    transferred: phrases`
      transferred, connected, forwarded, handed over, put through, passed on, redirected
    `,
    changed: phrases`
      changed, updated, modified, amended, moved, rescheduled, extended, shortened, adjusted,
      altered, rebooked, upgraded, switched, corrected, edited
    `,
    passed: phrases`
      passed, passed on, passed along, forwarded, sent, relayed, left, given, delivered, submitted,
      put in, raised, taken down, logged
    `,
    message: phrases`
      message, messages, request, requests, note, feedback, complaint, wish, wishes, word, email
    `,
    told: phrases`
      told, informed, notified, alerted, asked, let, contacted, messaged, emailed, called, advised
    `,
    staff: phrases`housekeeping, reception, maintenance, room service, them, management`,
    our: phrases`the, our, my, a`,
    people: phrases`
      team, staff, desk, reception, manager, colleague, colleagues, kitchen, concierge, porter,
      restaurant, spa, housekeeping, department, management, driver, maintenance
    `,
    mail: phrases`
      confirmation, email, e mail, text, text message, sms, link, invoice, receipt, details
    `,
    paid: phrases`charged, debited, refunded, billed`,
    payment: phrases`payment, deposit, refund, card, credit card, amount, bill, invoice`,
    subject: phrases`i, you, we, your, the, it, that, this, they, ive, youve, weve, our, payment`,
    did: phrases`i, i have, ive`,
    weDid: phrases`we have, weve, we just`,
    took: phrases`booked, reserved`,
    madeIt: phrases`
      {made} {your} {kind}? {kind}? {booking}, secured {what}, got you a {room},
      confirmed {your} {kind}? {booking}, confirmed your {room}
    `,
    settled: phrases`{booked}, {done}`,
    a: phrases`a, the`,
    isNow: phrases`is now, are now`,
    youAre: phrases`you are, youre`,
    youGot: phrases`ive got you, weve got you`,
    youWere: phrases`you have been, youve been, your call has been`,
    roomOrBooking: phrases`{room}, {booking}`,
    it: phrases`it is, its, that is, thats, everything is`,
    itWas: phrases`it has been, that has been`,
    all: phrases`all`,
    handedOver: phrases`
      {transferred} you, {transferred} {your} call, put you through, passed you on,
      passed you over, handed you over
    `,
    cancelled: phrases`cancelled, canceled`,
    changedIt: phrases`
      {changed} {your} {kind}? {booking}, {changed} your {kind}? stay, upgraded you, rebooked you,
      added __ to {your} {kind}? {booking}, removed __ from {your} {kind}? {booking}
    `,
    toldThem: phrases`
      {passed} {your} _ {message}, passed it on, passed that on, passed this on, passed that along,
      {told} {staff}, {told} {our} _ {people}, left {staff} a, sent you, emailed you, texted you,
      sent {your} _ {mail}, sent them
    `,
    paidIt: phrases`
      {paid} {what}, {made} {your} _ {payment}, taken {your} _ {payment}, issued {your} _ {payment}
    `,
    settledBill: phrases`{paid}, {made}, taken, received`,
  },
  claims: {
    'booking-made': phrases`
      {did} {now}? {now}? booked, {did} {now}? reserved, {weDid} {now}? {took} {what},
      {did} {now}? {now}? {madeIt}, {weDid} {now}? {madeIt}
    `,
    'booking-stands': phrases`
      your _ {booking} __ {is} {now}? {settled}, your _ {room} _ _ {is} {now}? {booked},
      {the} {kind}? {booking} {is} {now}? {settled}, the _ {room} {isNow} {booked},
      {a} _ {room} _ {is} {now}? {booked} {forYou}, {youAre} {now}? {now}? {booked},
      {youAre} all set __ {booking}, {youAre} all set for your stay, {have} you {now}? {booked},
      {youGot} {now}? {booked}, {have} your _ {roomOrBooking} {booked}, you now have a _ {booking},
      {it} booked$, {it} {all}? booked {forYou}, {it} now {all}? booked, {itWas} booked$,
      {itWas} {booked} {forYou}
    `,
    transfer: phrases`{have} {now}? {handedOver}, {youWere} {now}? {transferred}`,
    cancellation: phrases`
      {did} {now}? {now}? {cancelled}, {weDid} {now}? {cancelled},
      {the} _ {booking} {is} {now}? {cancelled}, your _ {room} {is} {now}? {cancelled},
      it has been {cancelled}
    `,
    change: phrases`
      {did} {now}? {now}? {changedIt}, {weDid} {now}? {changedIt},
      {the} {kind}? {booking} {is} {now}? {changed}, your stay {is} {now}? extended,
      has been added to {your} {kind}? {booking}
    `,
    message: phrases`{have} {now}? {toldThem}, your {message} has {now}? been {passed}`,
    payment: phrases`
      {did} {now}? {paidIt}, {weDid} {now}? {paidIt},
      {the} _ {payment} has {now}? been {settledBill}, {youWere} {now}? {paid}
    `,
  },
  denials: phrases`
    not, never, nothing, nobody, none, havent, hasnt, isnt, arent, wasnt, werent, didnt, dont,
    doesnt, cant, cannot, couldnt, wont, wouldnt, unable, failed to, neither, nor, no longer,
    no {booking}, no {room}, so that, make sure, making sure, ensure, ensures, ensuring, to see,
    fully booked, booked up, booked out, booked solid, reserved for guests, for our guests,
    for hotel guests, booked by, confirmed by, confirmed with, confirmed upon, someone else,
    another guest, as if, as though, then your, then you, then i have, then we have
  `,
  conditions: phrases`
    if, whether, unless, unfortunately, im afraid, i am afraid, im sorry, i am sorry, sorry,
    until {subject}, till {subject}, before {subject}, after {subject}, when {subject}, whenever,
    as long as, provided, providing, assuming, in case, only after, only when, suppose, by the time
  `,
  awaited: phrases`once, as soon as, the moment, only once, not until`,
}
