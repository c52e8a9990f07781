import { describe, expect, it } from 'vitest'
import { type Claim, claims } from './claim.ts'
import { createClaimJudge } from './judge-claims.ts'

const judge = createClaimJudge()

/** Every kind of claim in every language. */
const made: Readonly<Record<string, Readonly<Record<Claim, string>>>> = {
  en: {
    'booking-made': `
      I have booked it.
      I have booked the double room for you from the third to the fifth of December.
      I've reserved the suite for you.
      I’ve gone ahead and booked that for you.
      I just booked your room.
      Great news, I have just booked a double room for two nights.
      We've reserved a room for you.
      I have successfully made your reservation.
      I have made the booking under the name Miller.
      I can confirm that I have booked it.
      I booked the room for you, is there anything else?
      I've confirmed your reservation.
      All booked! I have reserved a double room for you.
      Perfect, Ms Cruz, I have now booked your double room from the third to the fifth of December for a total of two hundred and forty euros.
      Wonderful, I've made that reservation for you.
      Okay, I've gone ahead and made the reservation.
      I've secured the room for you.
      I've completed the booking for you.
    `,
    'booking-stands': `
      Your room is booked.
      Your double room is now booked from Monday until Friday.
      Perfect, your room has been booked.
      The reservation is confirmed.
      Your booking is confirmed, and we look forward to seeing you.
      Your reservation has been made.
      You are all set with your booking.
      You're booked for the third of December.
      I've got you booked in for two nights.
      A double room is reserved for you.
      It is booked.
      Your stay is confirmed.
      Your booking is made: a double room from the third to the fifth.
      Done, your room is booked for two nights.
      Your reservation for a double room from December third to fifth is confirmed.
      Your double room from the third to the fifth is booked.
      Your booking has been successfully created.
      The booking is now complete.
      Thank you, the room has been reserved in your name.
      We've got you booked in.
      You're all booked for the third.
      Alright, that's booked for you.
      The reservation has been successfully made under your name.
    `,
    transfer: `
      I have transferred you to reception.
      I have put you through to a colleague.
      You've been connected to the spa.
    `,
    cancellation: `
      I have cancelled your booking.
      I've canceled the reservation for you.
      Your reservation has been cancelled.
      I've successfully cancelled the reservation for you.
      I've gone ahead and cancelled it.
    `,
    change: `
      I have changed your booking to the tenth.
      I've updated your reservation.
      Your reservation has been moved to Friday.
      I have added breakfast to your booking.
      Your stay has been extended by one night.
    `,
    message: `
      I've passed your message on.
      I have left a message for the manager.
      I have informed housekeeping.
      I've let the team know that you arrive late.
      I have sent you a confirmation by email.
      I've notified our maintenance team.
      I've sent the confirmation to your email.
      I've forwarded your request to the team.
    `,
    payment: `
      I have charged your card.
      Your card has been charged.
      I've refunded the deposit.
      Your payment has been processed.
      I've processed your refund.
    `,
  },
  de: {
    'booking-made': `
      Ich habe gebucht.
      Ich habe Ihnen das Doppelzimmer mit Balkon vom 3. bis zum 5. Dezember auf den Namen Müller gebucht.
      Gern, ich habe das Zimmer soeben für Sie reserviert.
      Ich habe die Buchung für Sie vorgenommen.
      Jetzt habe ich das Zimmer für Sie gebucht.
      Wir haben Ihnen die Suite reserviert.
      Ich habe Ihre Reservierung bestätigt.
      Ich hab’s für Sie gebucht.
      Ich habe Ihnen das Zimmer für 120,50 Euro gebucht.
      Perfekt, ich habe das Doppelzimmer für Sie gebucht.
      Ich habe die Reservierung für Sie abgeschlossen.
      Ich habe für Sie ein Doppelzimmer gebucht.
      Ich habe das für Sie gebucht.
      Das Zimmer habe ich für Sie gebucht.
    `,
    'booking-stands': `
      Ihr Zimmer ist gebucht.
      Ihr Doppelzimmer ist jetzt fest für Sie reserviert.
      Wunderbar, damit ist Ihr Zimmer gebucht.
      Ihre Buchung ist bestätigt.
      Ihre Reservierung ist abgeschlossen.
      Die Buchung ist erfolgt.
      Ihre Buchung ist gemacht: Doppelzimmer, vom dritten bis zum fünften.
      Ihr Zimmer wurde reserviert.
      Das Zimmer ist auf Ihren Namen reserviert.
      Für Sie ist ein Doppelzimmer reserviert.
      Sie sind eingebucht.
      Alles klar, Frau Cruz, das Zimmer ist für Sie reserviert.
      Ihre Buchung für das Doppelzimmer vom 3. bis 5. Dezember ist bestätigt.
      Vielen Dank, Ihre Reservierung wurde erfolgreich angelegt.
      Ihr Doppelzimmer mit Balkon ist gebucht.
    `,
    transfer: `
      Ich habe Sie mit der Rezeption verbunden.
      Ich habe Sie durchgestellt.
      Ihr Anruf wurde weitergeleitet.
    `,
    cancellation: `
      Ich habe Ihre Buchung storniert.
      Ihre Reservierung ist storniert.
      Ihre Buchung wurde soeben storniert.
      Ihre Buchung wurde erfolgreich storniert.
    `,
    change: `
      Ich habe Ihre Buchung auf den zehnten Dezember geändert.
      Ich habe Sie umgebucht.
      Ihre Reservierung wurde geändert.
      Ich habe Ihre Reservierung auf den 10. Dezember umgebucht.
      Ich habe Ihren Aufenthalt um eine Nacht verlängert.
    `,
    message: `
      Ich habe Ihre Nachricht weitergegeben.
      Ich habe die Rezeption informiert.
      Ich habe Ihnen eine Bestätigung per E-Mail geschickt.
      Ich habe dem Housekeeping Bescheid gegeben.
      Die Bestätigung habe ich Ihnen per E-Mail geschickt.
    `,
    payment: `
      Ich habe Ihre Kreditkarte belastet.
      Der Betrag wurde abgebucht.
      Ich habe Ihnen die Anzahlung erstattet.
    `,
  },
  hi: {
    'booking-made': `
      मैंने बुक कर दिया है।
      मैंने आपके लिए डबल रूम बुक कर दिया है।
      जी, मैंने आपका कमरा बुक कर लिया है।
      मैंने आपकी बुकिंग कर दी है।
      हमने आपके लिए एक कमरा रिज़र्व कर दिया है।
      आपके लिए कमरा बुक कर दिया है।
      बढ़िया, मैंने आपके लिए डबल रूम बुक कर दिया है।
      मैंने आपकी बुकिंग दर्ज कर ली है।
    `,
    'booking-stands': `
      आपका कमरा बुक हो गया है।
      आपकी बुकिंग हो गई है।
      आपकी बुकिंग कन्फ़र्म है।
      आपकी बुकिंग पक्की हो गई है।
      बहुत बढ़िया, आपका डबल रूम बुक है।
      आपका कमरा बुक कर दिया गया है।
      आपका डबल रूम तीन से पाँच दिसंबर तक बुक हो गया है।
      दो रातों के लिए आपकी बुकिंग कन्फ़र्म हो गई है।
      आपकी बुकिंग सफलतापूर्वक हो गई है।
    `,
    transfer: `
      मैंने आपकी कॉल रिसेप्शन को ट्रांसफ़र कर दी है।
      मैंने आपको रिसेप्शन से जोड़ दिया है।
    `,
    cancellation: `
      मैंने आपकी बुकिंग रद्द कर दी है।
      आपकी बुकिंग कैंसिल हो गई है।
      मैंने बुकिंग कैंसिल कर दी।
    `,
    change: `
      मैंने आपकी बुकिंग बदल दी है।
      आपकी बुकिंग अपडेट कर दी गई है।
    `,
    message: `
      मैंने आपका संदेश पहुँचा दिया है।
      मैंने हाउसकीपिंग को बता दिया है।
      मैंने आपको ईमेल भेज दिया है।
    `,
    payment: `
      मैंने आपके कार्ड से पैसे काट लिए हैं।
      आपका भुगतान पूरा हो गया है।
    `,
  },
}
const rows = Object.entries(made).flatMap(([language, sentences]) =>
  claims.flatMap((kind) => toLines(sentences[kind]).map((line) => [language, kind, line] as const)),
)

function toLines(text: string): readonly string[] {
  return text.trim().split(/\n\s+/)
}

describe('a sentence that says something was done', () => {
  it.each(rows)('is not spoken without it in %s, %s: %s', (language, kind, sentence) => {
    expect(judge(sentence, { language, proven: new Set() })).toEqual({
      kind: 'replaced',
      claim: kind,
    })
  })

  it.each(rows)('is spoken with it in %s, %s: %s', (language, kind, sentence) => {
    expect(judge(sentence, { language, proven: new Set([kind]) })).toEqual({ kind: 'spoken' })
  })
})
