import type { LanguageWords } from './language-words.ts'
import { listOf } from './list-of.ts'

export const hindi: LanguageWords = {
  backchannels: listOf(`
    हम्म, हूँ, हाँ, हां, जी, जी हाँ, जी हां, हाँ जी, हां जी, अच्छा, ठीक है, ठीक, सही, बिल्कुल,
    ओके, ओह, अरे वाह, समझ गया, समझ गई, धन्यवाद, hmm, hm, mm, haan, han, ji, haan ji, ji haan,
    achha, accha, theek hai, thik hai, theek, sahi, bilkul, ok, okay
  `),
  stops: listOf(`
    रुको, रुकिए, रुकिये, ठहरो, ठहरिए, नहीं, ना, बस, एक मिनट, सुनिए, सुनो, माफ़ कीजिए, माफ कीजिए,
    क्या, लेकिन, हैलो, स्टॉप, गलत, ग़लत, ruko, rukiye, rukie, thehro, nahi, nahin, na, bas,
    ek minute, suniye, suno, kya, lekin, stop, hello,
    अलविदा, बाय, alvida, bye
  `),
  answers: listOf(`
    हाँ, हां, जी, जी हाँ, जी हां, हाँ जी, हां जी, ठीक है, सही, बिल्कुल, हाँ सही है, नहीं, जी नहीं,
    नहीं धन्यवाद, ना, haan, han, ji, ji haan, haan ji, theek hai, thik hai, bilkul, nahi, nahin,
    ji nahi, ji nahin
  `),
  fillers: listOf('हम्म, मतलब, अच्छा, तो, वो, hmm, matlab, to, woh'),
  openEndings: listOf(`
    और, या, लेकिन, क्योंकि, अगर, कि, जो, जब, तो, मगर, फिर, के, का, की, को, से, में, पर, तक, ने,
    के लिए, के साथ, मैं, हम, मेरा, मेरी, मेरे, मुझे, हमें, हमारा, एक, यह, वह, नाम, नंबर, aur, ya,
    lekin, kyunki, agar, ki, ke, ka, ko, se, mein, par, tak, ke liye, main, mujhe, mera, meri, ek
  `),
  brackets: [],
  subordinators: listOf('क्योंकि, अगर, जब, ताकि, kyunki, agar, jab'),
  wholeQuestions: listOf(`
    क्या, कब, कहाँ, कितना, कितने, कब तक, कब से, कितने बजे, कितने बजे तक, kya, kab, kahan, kitna, kab tak,
    kab se
  `),
  questions: listOf(`
    क्या, कब, कहाँ, कितना, कितने, कैसे, कौन, kya, kab, kitna, kitne, kaise
  `),
  greetings: listOf('नमस्ते, नमस्कार, हैलो, namaste, hello'),
  introductions: listOf('मेरा नाम, मैं, mera naam, main'),
  closings: listOf(`
    धन्यवाद, शुक्रिया, कृपया, बस इतना ही, नमस्ते, है, हैं, चाहिए, दीजिए, कीजिए, dhanyavaad,
    shukriya, chahiye, hai, hain
  `),
  digits: {
    शून्य: 0,
    एक: 1,
    दो: 2,
    तीन: 3,
    चार: 4,
    पांच: 5,
    पाँच: 5,
    छह: 6,
    छः: 6,
    सात: 7,
    आठ: 8,
    नौ: 9,
    zero: 0,
    ek: 1,
    do: 2,
    teen: 3,
    char: 4,
    paanch: 5,
    chhah: 6,
    saat: 7,
    aath: 8,
    nau: 9,
  },
  numbers: listOf(`
    दस, ग्यारह, बारह, तेरह, चौदह, पंद्रह, सोलह, बीस, पच्चीस, तीस, चालीस, पचास, सौ, हज़ार, हजार,
    das, bees, sau, hazaar
  `),
  doubles: { डबल: 2, ट्रिपल: 3, double: 2, triple: 3 },
  spellingWords: listOf('डॉट, ऐट, dot, at, dash'),
  months: listOf(`
    जनवरी, फरवरी, फ़रवरी, मार्च, अप्रैल, मई, जून, जुलाई, अगस्त, सितंबर, अक्टूबर, नवंबर, दिसंबर
  `),
  days: listOf(`
    आज, कल, परसों, सोमवार, मंगलवार, बुधवार, गुरुवार, शुक्रवार, शनिवार, रविवार, aaj, kal, parson
  `),
}
