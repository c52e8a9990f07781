import { phrases } from '../phrases.ts'

/** Words that stand for each other in the cues. */
export const englishWords = {
  want: phrases`
    want, wants, wanna, wanted, would like, id like, wed like, id love, wed love, need, needs,
    needed, require, im after, were after, looking for, looking to, hoping for, hoping to,
    trying to, id prefer, wed prefer, could do with, can i get, can i have, could i get,
    could i have, can we get, can we have, may i have, could we have, could we get, give me,
    give us, do me, do us, get me, get us, put me, put us, sort me, sort us, find me, find us,
    save me, save us, ill take, well take, ill have, well have, lets go for, ill go for,
    interested in, got to have, calling for, ringing for
  `,
  have: phrases`
    have you got, have you still got, have you, youve got, you got, do you have,
    do you still have, you have, got, is there, are there, there is, any chance of,
    is there still, are there still, would you have, would there be, do you happen to have
  `,
  some: phrases`
    a, an, any, another, one, some, still, still any, by any chance a, maybe a, even a,
    one more, the
  `,
  kind: phrases`
    double, single, twin, triple, family, standard, deluxe, big, bigger, small, quiet, nice,
    cheap, cheaper, free, spare, accessible, queen, king, large, smoking, non smoking,
    connecting, adjoining, hotel, ground floor, sea view, two, three, extra
  `,
  room: phrases`
    room, rooms, double, doubles, single, singles, twin, twins, suite, suites, triple, studio,
    bed, beds, space, spaces, vacancy, vacancies, apartment, place to stay, somewhere to stay,
    accommodation, lodging, penthouse, cottage
  `,
  free: phrases`
    available, availability, free, left, vacant, spare, going, going spare, open, remaining
  `,
  date: phrases`
    tonight, tomorrow, today, this weekend, the weekend, weekend, monday, tuesday, wednesday,
    thursday, friday, saturday, sunday, january, february, march, april, may, june, july,
    august, september, october, november, december, next week, next month, this week, easter,
    christmas, new years, first, second, third, fourth, fifth, sixth, seventh, eighth, ninth,
    tenth, eleventh, twelfth, thirteenth, fourteenth, fifteenth, sixteenth, seventeenth,
    eighteenth, nineteenth, twentieth, thirtieth, night, nights, the bank holiday, half term,
    the holidays
  `,
  change: phrases`
    change, move, push, shift, switch, swap, amend, alter, modify, bring forward, bring,
    put back, put off, delay, extend, lengthen, shorten, cut short, cut, call off, scrap, drop,
    update, adjust, edit, add, remove, cancel, cancelled, cancelling, changing, moving,
    amending, get rid of, split, transfer, take
  `,
  stay: phrases`
    booking, bookings, reservation, reservations, stay, dates, date, arrival, departure, trip,
    visit, check in day, nights, our booking
  `,
  people: phrases`
    person, people, adult, adults, child, children, guest, guests, nights, night, day, days,
    cot, extra bed
  `,
  tell: phrases`
    tell me, tell us, send me, send us, send it, send over, send through, email me, email us,
    email it, text me, text it, post me, mail me, mailing me, emailing me, sending me,
    texting me, telling me, forward me, explain, explaining, describe, walk me, talk me, run me,
    walk us, talk us, run through, go through, go over, fill me in, let me know, let us know,
    look up, look into, have a look, take a look, find out, find my, find our, pull up,
    bring up, read out, read me, read back, remind me, point me, clarify, double check, verify,
    confirm, forward the, resend, send the, send a, check if, check whether, check on,
    check that, check my, check our, check the, check what, check when, check how, check with,
    check for, checking on, checking if, checking whether, see if my, see whether my,
    see if our, see if the, give me a rundown, give me an idea, give me an overview, tell my,
    spell out
  `,
  aim: phrases`
    wanted to, want to, like to, love to, trying to, need to, hoping to, meaning to, calling to,
    ringing to, phoning to, just to, wanna, going to, i could, wondering if you could
  `,
  learn: phrases`
    ask, know, find out, enquire, inquire, hear, learn, understand, verify, confirm,
    see whether, see if my, check if, check whether, check on, check my, check the, check what,
    check how, check that, get info*, get details, query, look into, clarify
  `,
  fact: phrases`
    information, info, details, address, number, phone number, email, directions, price list,
    brochure, menu, copy, receipt, invoice, quote, rates, confirmation, timetable, schedule,
    password, postcode, breakdown, leaflet, rundown, clarification, explanation
  `,
  matter: phrases`
    booking, reservation, bill, invoice, payment, charge, refund, stay, deposit, receipt,
    account, order, lost property, loyalty points, parking, policy, conference, wedding, offer,
    package, spa
  `,
  place: phrases`
    reception, the reception, front desk, the front desk, hotel, the hotel, the concierge,
    the right number, the right place
  `,
  day: phrases`
    today, tonight, tomorrow, later, soon, then, there, monday, tuesday, wednesday, thursday,
    friday, saturday, sunday, next week, next month, next time, in a bit, in a while,
    at the weekend, the weekend, this weekend, on the weekend, in the morning, in the summer,
    around, again, next year, this evening, this afternoon, again soon, in person
  `,
  nice: phrases`
    nice, good, great, lovely, wonderful, pleasant, fantastic, brilliant, super, blessed,
    beautiful, fabulous, nice rest of the, very good, really good
  `,
  while: phrases`
    day, one, night, evening, weekend, afternoon, morning, week, time, rest of your day,
    rest of the day, day too, shift, holiday, christmas, new year, day now
  `,
  thats: phrases`
    thats, that is, that was, thatll be, that will be, that would be, that should be,
    thats about, thatd be, i think thats, that ll be, guess thats
  `,
  all: phrases`
    all, everything, it, me done, me sorted, all then, it then, me finished, the lot,
    the last of it
  `,
  had: phrases`
    i needed, i need, i wanted, i had, i was after, i was calling for, i wanted to know,
    i needed to know, i wanted to ask, i called for, i was calling about, i was looking for,
    we needed, i have, i was wondering, i required, for me, from me, from my side, from my end,
    on my end, for today, for now, for tonight, then, i got
  `,
  must: phrases`
    have to, ive got to, got to, gotta, need to, must, should, better, had better, id better,
    id best, best, ought to, should probably, really must, really have to, i have got to, wanna
  `,
  go: phrases`
    go, run, dash, be off, be going, get going, get off, hang up, head off, shoot, leave now,
    dash off, get back to work, catch my train, catch a train, jump off, hop off, go now,
    run now, leave it there, let you go
  `,
  call: phrases`
    call, call back, call again, call you, call you back, ring, ring back, ring you,
    ring you back, ring again, phone back, phone again, be in touch, get back to you,
    give you a ring, give you a call, give you a ring back, give you a call back, try again,
    speak to you, talk to you, let you go, let you get on, leave it there, leave it at that,
    see you, catch you, think about it, have a think, call in, go now, hang up, hang up now
  `,
  more: phrases`
    more, other, further, else, any more, any other, any further, questions at all
  `,
  done: phrases`
    done, all done, all set, sorted, all sorted, all good, finished, good to go, good here,
    good now, fine now, covered, happy with that
  `,
}
