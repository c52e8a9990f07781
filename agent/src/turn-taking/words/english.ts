import type { LanguageWords } from './language-words.ts'
import { listOf } from './list-of.ts'

export const english: LanguageWords = {
  backchannels: listOf(`
    mm, mmm, mhm, mm hm, mm hmm, mmhm, hm, hmm, uh huh, uhuh, uhhuh, huh, m, ah, aha, oh, oh ok,
    oh okay, ooh, wow, ok, okay, okey, k, right, sure, yes, yeah, yep, yup, ya, ye, all right,
    alright, i see, got it, good, great, fine, very good, cool, nice, perfect, lovely, exactly,
    true, indeed, of course, no problem, really, thanks, thank you, uh, um, er, ahem,
    i understand, understood, that s right
  `),
  stops: listOf(`
    stop, wait, no, nope, hold on, hang on, halt, pause, enough, quiet, cancel, excuse me, sorry,
    pardon, one moment, one second, just a moment, just a second, a moment, shut up, be quiet,
    listen, hello, not, never mind, wrong, actually, but, what, repeat,
    goodbye, good bye, good by, bye, bye bye
  `),
  answers: listOf(`
    yes, yeah, yep, yup, yes please, yes i do, yes it is, yes that s right, sure, correct,
    that s right, that s correct, right, of course, certainly, absolutely, exactly, okay, ok, no,
    nope, no thanks, no thank you, no i don t, not really, no it s not, please do, yes thank you,
    yes that s correct, yes sure, yes of course, no that s all, no that s it, that s fine,
    all right
  `),
  fillers: listOf(`
    uh, um, uhm, er, erm, hmm, hm, well, so, you know, let me see, let me think, let s see,
    i mean, like
  `),
  openEndings: listOf(`
    tell me, let me know, rather have, will need, looking at, have a, wanted to ask, we need,
    i need, prefer, would prefer, think, i think, bring, take, send, book, change, depends, find,
    get, give me, such as, up to, so we need, instead of, a, an, the, my, your, our, his, her,
    their, its, this, these, some, any, every, and, or, but, because, if, when, while, although,
    since, until, unless, whether, which, who, whose, than, then, as, of, for, with, from, to, at,
    by, about, between, into, near, without, under, during, before, after, on, in, i, we, they,
    he, she, i m, we re, i d, we d, i ll, we ll, i ve, we ve, it s, there s, he s, she s, is, are,
    was, were, am, be, been, would, could, should, will, can, may, might, must, has, had, want,
    need, wanted, would like, d like, like to, going to, looking for, want to, need to, have to,
    called, name is, number is, also, just, maybe, perhaps, very, another, not, don t, to stay,
    that, what, where, how, how much, how many, is there, are there, do you, can you, could you,
    next, first, other
  `),
  brackets: [
    {
      ends: listOf('is, are, was, were'),
      after: listOf('how, what, where, when, which, who'),
      apart: 2,
    },
  ],
  subordinators: listOf(`
    because, since, if, when, while, although, unless, until, so that, as soon as, in case
  `),
  wholeQuestions: listOf(`
    what, where, why, how much, how many, how long, how far, until when, since when, from when,
    what is that, what s that, what was that, what is this, how much is that, how much is this,
    how much would that be, how much would it be, how much will that be, what would that be,
    what is it called, what else is there, what is there, where is that, where s that,
    when is that, who is that, who is this, where would that be, when would that be,
    who am i speaking to, who am i talking to, can you repeat that, could you repeat that,
    what time is check in, what time is the check in, when is check in, when is the check in,
    when can i check in, when can we check in, what time can i check in, what time can we check in,
    can i check in, can we check in, do i need to book, do we need to book
  `),
  questions: listOf(`
    what, how, when, where, which, who, why, is, are, do, does, did, can i, can we, could i,
    may i, have you, will, would it, was
  `),
  greetings: listOf('hello, hi, good morning, good afternoon, good evening, good day, hey'),
  introductions: listOf('my name is, my name s, i am, i m, this is, it s, here is'),
  closings: listOf(`
    please, thank you, thanks, thank you very much, that s all, that s it, bye, goodbye, good bye, good by, bye bye,
    if possible, is that possible, is that right, right, okay, that would be great, tonight,
    tomorrow, today, sounds good, sounds great, sounds fine, that works, works for me,
    that s fine, that s good, that s great, that s perfect, that would be fine,
    that would be lovely, i ll take it, that s everything
  `),
  digits: {
    zero: 0,
    oh: 0,
    o: 0,
    nought: 0,
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
  },
  numbers: listOf(`
    ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen,
    twenty, thirty, forty, fifty, sixty, seventy, eighty, ninety, hundred, thousand
  `),
  doubles: { double: 2, triple: 3, treble: 3 },
  spellingWords: listOf(`
    dot, at, dash, hyphen, underscore, capital, as in, like, for, double, space
  `),
  months: listOf(`
    january, february, march, april, may, june, july, august, september, october, november,
    december
  `),
  days: listOf(`
    today, tonight, tomorrow, monday, tuesday, wednesday, thursday, friday, saturday, sunday,
    weekend
  `),
}
