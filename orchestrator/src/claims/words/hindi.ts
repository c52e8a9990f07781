import { phrases } from '../../intents/phrases.ts'
import type { ClaimWords } from './claim-words.ts'

/** In Devanagari; a model that writes Hindi in Latin letters cannot be spoken by the voices. */
export const hindi: ClaimWords = {
  words: {
    iHave: phrases`मैंने, मैं ने, हमने, हम ने`,
    your: phrases`आपका, आपकी, आपके, आपके लिए, आपके नाम, आपके नाम से, आपके नाम पर`,
    room: phrases`कमरा, कमरे, रूम, सुइट, स्टे, टेबल, डबल, सिंगल, मेज़`,
    booking: phrases`बुकिंग, रिज़र्वेशन, आरक्षण`,
    booked: phrases`बुक, रिज़र्व, आरक्षित, कन्फ़र्म`,
    confirmed: phrases`कन्फ़र्म, कंफर्म, पक्की, पूरी, सफल, पुष्ट, दर्ज, तय`,
    did: phrases`
      कर दिया, कर दी, कर दिए, कर लिया, कर ली, कर लिए, किया है, की है, किए हैं, करा दिया, करा दी,
      करवा दिया, करवा दी, कर चुकी, कर चुका, कर दिया गया, कर दी गई, कर दिए गए, किया गया है, की गई है
    `,
    happened: phrases`
      हो गया, हो गई, हो गए, हो चुका है, हो चुकी है, है, हो गयी, कर दिया गया, कर दी गई
    `,
    done: phrases`हो गई, हो गयी, हो चुकी है, कर दी गई, कर दी गयी, हो गया, हो चुका है`,
    well: phrases`सफलतापूर्वक, अब, अभी, पूरी तरह`,
    cancelled: phrases`रद्द, कैंसिल, निरस्त`,
    changed: phrases`
      बदल दी, बदल दिया, अपडेट कर दी, अपडेट कर दिया, बढ़ा दी, बढ़ा दिया, आगे बढ़ा दी, बदल दी गई,
      अपडेट हो गई, बदल गई, संशोधित कर दी, में बदलाव कर दिया
    `,
    call: phrases`कॉल, फ़ोन, बात`,
    transferred: phrases`
      ट्रांसफ़र कर दी, ट्रांसफ़र कर दिया, जोड़ दी, जोड़ दिया, कनेक्ट कर दिया, कनेक्ट कर दी,
      ट्रांसफ़र हो गई, फ़ॉरवर्ड कर दी, आगे भेज दी, मिला दी
    `,
    message: phrases`संदेश, मैसेज, अनुरोध, रिक्वेस्ट, शिकायत, संदेशा, सूचना, ईमेल, एसएमएस`,
    passed: phrases`
      पहुँचा दिया, पहुँचा दी, भेज दिया, भेज दी, दे दिया, दे दी, छोड़ दिया, आगे भेज दिया, भेजा है,
      फ़ॉरवर्ड कर दिया
    `,
    told: phrases`बता दिया, बोल दिया, कह दिया, सूचित कर दिया, सूचना दे दी, ख़बर कर दी`,
    staff: phrases`
      रिसेप्शन को, हाउसकीपिंग को, टीम को, स्टाफ़ को, मैनेजर को, सहकर्मी को, सहकर्मियों को,
      फ्रंट डेस्क को, कर्मचारियों को, किचन को, होटल को
    `,
    payment: phrases`भुगतान, पेमेंट, पैसे, राशि, रकम, डिपॉज़िट, कार्ड`,
    paid: phrases`
      काट ली, काट लिया, काट लिए, चार्ज कर लिया, चार्ज कर दिया, वापस कर दिए, वापस कर दी,
      रिफ़ंड कर दिया, रिफ़ंड कर दिए, ले लिया, पूरा हो गया, हो गया, प्राप्त हो गया, कट गए, कट गई
    `,
  },
  claims: {
    'booking-made': phrases`
      {iHave} __ {booked} {did}, {iHave} __ {booking} {did},
      {iHave} __ {booking} {confirmed} {did}, {your} __ {booked} कर दिया है,
      {your} __ {booked} कर दी है, {your} {booking} कर दी है, {room} {booked} कर दिया है,
      मैं __ {booked} कर चुकी हूँ, मैं __ {booked} कर चुका हूँ
    `,
    'booking-stands': phrases`
      {your} _ {room} __ {booked} {happened}, {your} _ {booking} {well}? {done},
      {your} _ {booking} {confirmed} {happened}, {your} _ {booked} {happened}, {booking} {done} है,
      {booking} {confirmed} {happened}, {room} {booked} कर दिया गया, {booking} कर दी गई
    `,
    transfer: phrases`
      {iHave} __ {call} __ {transferred}, {iHave} आपको __ {transferred},
      {your} {call} __ {transferred}, आपको __ से {transferred}
    `,
    cancellation: phrases`
      {cancelled} {did}, {your} _ {booking} _ {cancelled} {happened}, {booking} {cancelled} {done}
    `,
    change: phrases`
      {booking} _ {changed}, {iHave} __ {booking} __ जोड़ दिया, {booking} में __ जोड़ दिया
    `,
    message: phrases`
      {iHave} __ {message} _ {passed}, {your} _ {message} _ {passed}, {iHave} {staff} _ {told},
      {staff} _ {told} है, {iHave} आपको __ भेज दिया, {iHave} आपको __ भेज दी
    `,
    payment: phrases`{iHave} __ {payment} _ {paid}, {your} _ {payment} _ {paid}`,
  },
  denials: phrases`
    नहीं, मत, कभी नहीं, न, आपने, अगर आप, तभी, सभी कमरे, सारे कमरे, तो आपका, तो आपकी, या नहीं,
    से पहले, करने के लिए, किसी और
  `,
  conditions: phrases`
    अगर, यदि, जब, जब तक, क्या, ताकि, क्षमा, माफ़, माफ़ी, खेद, अफ़सोस, दुर्भाग्य से
  `,
  awaited: phrases`जैसे ही, के बाद, होते ही, मिलते ही, करते ही, देते ही`,
}
