import type { LanguageCues } from '../intent.ts'
import { phrases } from '../phrases.ts'

export const english: LanguageCues = {
  language: 'en',
  apostrophe: 'drop',
  fillers: phrases`
    i think, for today, ever so, um, uh, er, erm, ah, oh, well, so, then, now, yeah, yes, yep, no,
    nope, nah, okay, ok, alright, all right, right, great, perfect, lovely, wonderful, brilliant,
    cool, fine, good, and, just, really, mate, love, sir, madam, maam, there, very, much, too,
    you too, please, sorry, excellent, super, sure, i think, i guess, for now, from me,
    that sounds good
  `,
  thanks: phrases`
    thanks, thank you, thank you so much, thank you very much, thanks a lot, ta, many thanks,
    thanks so much, thanks for your help, thank you for your help, cheers, thanks for everything,
    for your help, for your time, for the information, for that, for calling, i appreciate it,
    appreciate it, much appreciated, youve been great, youve been very helpful, thats very kind,
    thats great, for all your help
  `,
  closings: phrases`
    that covers it, im all done, all done, thats it for today, that covers everything,
    see you on saturday, see you on monday, see you on friday, see you on sunday,
    see you on thursday, see you next week, were done, that would be everything, im sorted,
    were sorted, sorted, thats all, that is all, thatll be all, that will be all, thats everything,
    that is everything, that was all, that was everything, thatll do, that will do, thats it,
    that would be all, thats all i needed, thats all i wanted, nothing else,
    thats all i wanted to know, thats everything i needed, nothing more, thats me done, no im good,
    nope im good, nah im good, no im fine, no im all set, im all set, im done, were all set,
    no were good, all good, i have to go, ive got to go, i got to go, gotta go, i gotta go,
    ive got to run, i have to run, i need to go, i must go, i should go, i have to hang up,
    ill let you go, you can hang up, have a nice day, have a good day, have a great day,
    have a good one, have a good night, have a good evening, have a nice evening, have a lovely day,
    have a lovely evening, have a nice weekend, have a good weekend, have a great weekend,
    enjoy your day, talk to you later, talk later, speak soon, talk soon, see you, see you then,
    see you soon, see you tomorrow, see you later, speak to you soon, take care,
    you can end the call, end the call, please hang up, no more questions, ill call back,
    ill call back later, ill call you back, ill call again, i have no more questions,
    i dont need anything else, dont need anything else, no further questions, cheerio
  `,
  farewells: phrases`
    bye, goodbye, good bye, bye bye, bye for now, bye now, good night, cheerio, ta ta, see ya,
    laters
  `,
  greetings: phrases`
    hello, hi, hiya, hey, good morning, good afternoon, good evening, morning, afternoon, evening,
    good day, gday, howdy, greetings, is anybody there, is anyone there, anybody there,
    can you hear me, are you there, how are you, how are you doing, how are you doing today,
    how are you today, hows it going, is this the front desk, is this reception, is this the hotel,
    whats up, who is this, am i speaking to, is that the hotel, is that reception,
    pleased to meet you
  `,
  introductions: phrases`my name is, my names, this is, im, i am, its, speaking is, here is`,
  rules: [
    ['unknown', phrases`dont hang up, do not hang up, dont go, another question, something else`],
    [
      'request_info',
      phrases`
        go over, talk me through, run me through, ringing to, calling to find, information _ book*,
        information, info, tell me, look up, check on, find out, send me, email me, text me,
        give me _ number, give me _ address, explain, give me _ details, the address,
        the phone number, calling about, question about, ask about, wanted to ask, want to ask,
        like to ask, want to know, let me know, wanted to know, like to know, need to know,
        check my reservation, check my booking, check whether, check if, confirm _ reservation,
        confirm _ booking, details _ of, details, like to hear, learn more, hear more, pull up,
        enquire, inquire, enquiring, inquiring, talk me through, read _ back, calling to ask,
        see if my, copy of, find my, have you got my, do you have my, know more, walk me through
      `,
    ],
    [
      'question',
      phrases`
        how much _ cancel*, can i cancel _ free, until when can i, how long before, what time,
        how much, how far, how do i get, do i have to, whats the, what is the
      `,
    ],
    [
      'booking',
      phrases`
        squeeze us in, come for a, push my stay, push _ back, put me down, cant come, cannot come,
        take our name off, take my name off, like to come, put us down, stay with you, book, book a,
        booking for, to book, rebook, make a reservation, reserve, make _ booking,
        make _ reservation, a reservation for, cancel, cancel my, cancel _ booking,
        cancel _ reservation, change _ booking, change _ reservation, move _ booking,
        move _ reservation, extend, add _ night, stay _ longer, rooms free, extra night,
        another night, one more night, room* _ available, any availability, any rooms, rooms left,
        room free, vacanc*, anything free, anything available, need _ room, like _ room,
        want _ room, get _ room, need _ double, need _ single, get _ twin, get _ double,
        like _ double, like _ single, like _ twin, like _ suite, need _ suite, take _ room,
        take _ suite, take _ double, room for, a room tonight, looking for _ room, postpone,
        reschedule, upgrade, availability, need _ twin, got a room, got any rooms, have a room,
        come _ day earlier, ill take it, rooms _ for, change _ dates, somewhere to stay,
        anything left, place to stay, fit us in
      `,
    ],
    [
      'question',
      phrases`
        would there be, you dont happen, are pets, is your, does your, what, when, where, why, who,
        which, how, whats, whens, wheres, hows, do you, does the, does it, is there, are there,
        is it, is the, are the, can i, can we, could i, could we, may i, are you, is breakfast,
        have you, will there, will i, do we, do i, are dogs, are pets, are kids, are children,
        is parking, is wifi, is that, does that, would i, would it, is your, are your, until what,
        are we, do the, did you, should i, must i, can you, could you
      `,
    ],
  ],
}
