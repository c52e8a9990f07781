/** What an utterance may want; several may hold at once. */
export const intents = [
  'goodbye',
  'thanks',
  'yes',
  'no',
  'nothing-else',
  'greeting',
  'how-are-you',
  'are-you-human',
  'wants-person',
  'cancel',
  'change',
  'repeat',
  'wait',
  'presence',
  'capabilities',
  'book',
  'room',
  'price',
  'lookup',
  'choose-any',
  'retry',
] as const
export type Intent = (typeof intents)[number]

export type IntentPatterns = Readonly<Partial<Record<Intent, RegExp>>>

const noun = "(?:reservations?|bookings?|reservation's)"

/**
 * English, over words without punctuation (see heard.ts). Spellings that recognition makes of telephone speech are
 * in: "good buy", "rum" for room, "buck a room".
 */
export const en: IntentPatterns = {
  retry: /\b(try|check|look) (it |that )?(again|once more|one more time)\b/,
  goodbye:
    /\b(good ?(bye?|byte|buy|bite|bike|pie)|bye|by by|buy buy|by bye|farewell|see you|talk to you later|speak to you later|have a (very )?(nice|good|great|lovely|wonderful|pleasant) (day|evening|night|one|weekend|time|afternoon)|hang up|end (the|this) call|so long|cheerio|take care|good night|until then|ciao)\b|\b(thanks|thank you|thank you very much|okay|ok)( \w+'?\w*)? (by|buy)$/,
  'nothing-else':
    /\b(nothing else|that'?s (all|everything)|that is (all|it|everything)|that'?ll be all|that will be all|that was all|that'?s it|i'?m (all )?(done|good|set|fine)|we'?re (done|good|all set)|no more questions|nothing more)\b|^no nothing\b/,
  thanks: /\b(thanks|thank you|thank u|cheers|much appreciated|appreciate it)\b/,
  yes: /\b(yes|yeah|yea|yep|yup|yah|sure|ok|okay|of course|absolutely|definitely|certainly|exactly|correct|go ahead|go for it|please do|do it|do that|do so|sounds (good|great|fine|perfect|right)|that'?s (right|correct|fine|good|great|perfect|okay|ok)|that is (right|correct|fine)|that would be (great|good|nice|fine|lovely|perfect)|perfect|all right|alright|fine|book it|i'?ll take it|i will take it|we'?ll take it|affirmative|indeed|lovely|great|wonderful|right)\b|^please$|^yes/,
  no: /\b(no|nope|nah|not (now|really|yet|today|right|correct|quite|that)|don'?t|do not|rather not|never mind|nevermind|wrong|incorrect|isn'?t right|forget it|not at the moment|too (much|expensive|pricey)|think (about it|it over)|call (you )?back|not sure)\b/,
  greeting: /\b(hello|hi|hey|hallo|good (morning|afternoon|evening|day)|greetings)\b/,
  'how-are-you': /\b(how are you|how'?s it going|how is it going|how do you do|how are things)\b/,
  'are-you-human':
    /\b(are you|am i (talking|speaking) (to|with)|is this|is it|you are|you're|you sound like) (really |actually |just )?(a |an |the |some |kind of )*(real |live |actual )?(human( being)?|persons?|robots?|bots?|machines?|computers?|ai|a i|artificial|recording|automated|automatic|chatbot)\b|\b(who|what) are you\b|\breal (person|human)\b|\bwho am i (talking|speaking) (to|with)\b|\bwhat'?s your name\b|\bwhat is your name\b/,
  'wants-person':
    /\b(speak|talk|connect|transfer|put me through|get me|give me|want|need|like)\b.{0,20}\b(human|real person|a person|someone|somebody|manager|receptionist|operator|an agent|a colleague|staff|front desk|real people)\b/,
  cancel: new RegExp(
    `\\b(cancel|cancelled|canceled)\\b|\\bcancellation of my\\b|\\bget rid of (my|the) ${noun}`,
  ),
  change: new RegExp(
    `\\b(change|modify|extend|amend|reschedule|move|shorten)\\b.{0,12}\\b(my|our|the|an?) ${noun}`,
  ),
  repeat:
    /\b(repeat|say (that|it) again|pardon|come again|once more|once again|again please|(didn'?t|did not|couldn'?t|could not|can'?t) (catch|hear|get|understand)|what did you say|what was that|speak (up|louder|slower|more slowly)|sorry what)\b|^(sorry|what|huh|excuse me|sorry sorry)$/,
  wait: /\b(one|a|just a|wait a|just one) (moment|second|minute|sec|2nd)\b|\b(hold on|hang on|let me (think|check|see|look)|wait)\b/,
  presence:
    /\b(can|do|could) you hear me\b|\bare you (still )?there\b|\b(any ?body|any ?one|some ?one) there\b|\bhello hello\b/,
  capabilities:
    /\bwhat (can|could|do) you (do|offer|help)\b|\bhow can you help\b|\bwhat are my options\b|\bwhat else can you\b|^(can|could) you help me$|^help( me)?$|\bi need help\b/,
  book: new RegExp(
    `\\b(book|books|reserve|reserved|buck|brook)\\b(?! (number|reference))|\\b(make|making|place|take|get|do|have|need|want|like|another|new)\\b.{0,12}\\b(a|an|another|new) ${noun}|\\b(i'?ll|i will|we'?ll|we will|i'?d|can i|let me) take (it|that|one|the|this|them)\\b|\\bgo ahead and\\b.{0,5}\\b(it|book)`,
  ),
  room: /\b(rooms?|rum|rums|roam|bedrooms?|suites?|vacanc(y|ies)|available|availability|accommodation|stay|staying|sleep|a bed|place to stay|check in on|nights?)\b/,
  price:
    /\b(how much|price|prices|priced|cost|costs|rate|rates|charges?|how expensive|total|fee|fees|what would (it|that) be|what do you charge)\b/,
  lookup: new RegExp(
    `\\b(my|our|an existing|existing)\\b.{0,10}\\b${noun}|\\b(have|had|got|made|check|find|look|looking|pull|confirm|about|details|status|booked)\\b.{0,20}\\b${noun}|\\b(reservation|booking|confirmation|reference|resevation|reservations) (number|code|reference|id)\\b|\\b${noun} (under|in|on|for) (the |my )?name\\b|\\b(i|we) (have )?(already )?booked\\b`,
  ),
  'choose-any':
    /\b(any( room| one| kind| type)?|(doesn'?t|does not|don'?t) (matter|mind|care)|whatever|no preference|cheapest|either)\b/,
}

/** A reservation is to be made, so it is no look-up although the word is there. */
export const makesReservation = new RegExp(
  `\\b(make|making|place|new|another)\\b.{0,12}\\b${noun}|\\b(like|want|need|wish|can i|could i|may i)\\b( to)?( have| get)? (a|an|another) ${noun}`,
)
