import { describe, expect, it } from 'vitest'
import { createClaimJudge } from './judge-claims.ts'

const judge = createClaimJudge()

/** Nothing of it was done, and all of it may be said. */
const sentences = {
  en: `
    You are now connected to the Harbour Hotel.
    I have asked you for the dates already.
    I have called up your reservation.
    I have noted your request.
    Shall I book it for you?
    I can book that room for you.
    I will book it now.
    I am booking it for you now, one moment.
    Once I have booked it, you will get a number.
    As soon as I have your name, your room is booked.
    If it is booked, I can look for another one.
    When I have booked the room, I will tell you its number.
    Your booking is confirmed once you have given me your name.
    You will get an email when your booking is confirmed.
    I have not booked anything.
    I haven't booked the room yet.
    The room is not booked yet.
    Your room has not been booked.
    No second room was booked.
    Nothing has been booked so far.
    I am sorry, the booking was not made.
    I could not book it just now.
    We are fully booked on that night.
    Unfortunately, the suite is booked that weekend.
    I'm sorry, it is already booked.
    The double room is booked out, but the single is free.
    The family room is booked that weekend.
    Breakfast is included.
    Have you booked with us before?
    Is your room booked under another name?
    Has your booking been confirmed?
    I see that you have booked a double room.
    You said that you have booked with us.
    Under what name have you booked?
    Let me check whether your room is booked.
    I want to make sure your room is booked.
    I have a double room available for you.
    I have found your reservation.
    I have two rooms left on that day.
    We have reserved parking for our guests.
    I have noted your name.
    I have checked the dates for you.
    I found the reservation of Carla Cruz: a double room from the third to the fifth.
    So that is a double room from Monday to Friday, for Carla Cruz.
    Would you like me to confirm your booking?
    Shall I cancel your booking?
    I cannot change or cancel reservations on this line.
    A booking can be cancelled free of charge until the day before.
    If your booking is cancelled, you pay nothing.
    I will pass your message on.
    I can put you through to the reception.
    I am putting you through.
    I have changed the dates to the tenth, shall I book it now?
    Your card is charged on arrival.
    I do not know yet whether the booking went through.
    Your room is ready from three in the afternoon.
    Then your room is booked.
    Your room has a balcony and the pool is open until ten.
    Your stay includes breakfast, which is served until ten.
    I have checked and there are two rooms free.
    You can cancel your booking until the day before.
    Your booking can be changed at any time.
    I have a reservation here for Mr Smith, is that you?
    Do you already have a booking with us?
    The reservation is for two nights, correct?
    Could you tell me whether you have booked parking?
    I would have booked it, but I need your name first.
    I need your name before your booking is confirmed.
    After you confirm, your room is reserved.
    Your room is held until six in the evening.
    The total for your booking is three hundred euros.
    Payment is made at check in.
    The deposit is charged on the day of arrival.
    We have booked rooms in the past for groups.
    I am happy to book it for you.
    Let me book that for you.
    I'm going to book that for you now.
    Your reservation will be confirmed in a moment.
    That has been noted.
    I have added your name to my notes.
    I've updated the dates, so that is from the tenth to the twelfth.
    I have taken down your name.
    I was not able to cancel the booking.
    May I put you through to the front desk?
    I will let the team know.
    You should have received a confirmation when you booked.
    Only your first night is charged if you cancel late.
    It is booked until Sunday, I am afraid.
    That room is booked, but I have a twin for you.
    The rooms are booked quickly at Christmas.
    Rooms can be booked from January.
    The spa has to be booked in advance.
    Parking is reserved for hotel guests.
    Your reservation number, please?
    I have two doubles, one of them is booked already.
    All our rooms are booked.
    Is there anything else you have booked with us?
    I've got your name, now I need your dates.
    I have changed it to a suite, so that would be three hundred euros.
    So I will change your booking to the tenth, is that right?
    Before I book it, I have to ask for your name.
    When your booking has been made, I give you the number.
    Nothing was charged to your card.
    I have looked up your reservation: a double room from Monday.
    I have passed by the hotel.
    I have asked for your name.
  `,
  de: `
    Sie sind jetzt mit dem Hotel verbunden.
    Ich habe Ihren Wunsch aufgenommen.
    Soll ich es für Sie buchen?
    Ich kann das Zimmer gern für Sie buchen.
    Ich buche es jetzt für Sie.
    Ich werde das Zimmer reservieren.
    Sobald ich gebucht habe, nenne ich Ihnen die Nummer.
    Sobald ich Ihren Namen habe, ist Ihr Zimmer gebucht.
    Ihr Zimmer ist gebucht, sobald Sie mir Ihren Namen sagen.
    Wenn ich das Zimmer gebucht habe, bekommen Sie eine Nummer.
    Falls es gebucht ist, finde ich ein anderes.
    Ich brauche noch Ihren Namen, dann ist Ihr Zimmer gebucht.
    Ich habe noch nichts gebucht.
    Ich habe das Zimmer noch nicht reserviert.
    Das Zimmer ist noch nicht gebucht.
    Ein zweites Zimmer ist nicht gebucht.
    Es wurde kein Zimmer gebucht.
    Es tut mir leid, die Buchung wurde nicht gemacht.
    Wir sind in dieser Nacht ausgebucht.
    Leider ist die Suite schon gebucht.
    Es tut mir leid, das Zimmer ist an diesem Wochenende reserviert.
    Das Doppelzimmer ist an dem Tag schon gebucht.
    Das Frühstück ist inbegriffen.
    Haben Sie schon einmal bei uns gebucht?
    Ist Ihr Zimmer auf einen anderen Namen gebucht?
    Habe ich das richtig gebucht?
    Ich sehe, dass Sie ein Doppelzimmer gebucht haben.
    Sie haben ein Doppelzimmer gebucht.
    Auf welchen Namen haben Sie gebucht?
    Ich prüfe, ob Ihr Zimmer gebucht ist.
    Ich habe ein Doppelzimmer für Sie frei.
    Ich habe die Reservierung gefunden, auf den Namen Cruz.
    Ich habe mir die Daten notiert.
    Also Doppelzimmer, vom dritten bis zum fünften, auf den Namen Cruz.
    Möchten Sie, dass ich die Buchung bestätige?
    Soll ich Ihre Buchung stornieren?
    Ändern oder stornieren kann ich hier nicht.
    Eine Buchung kann bis zum Vortag kostenlos storniert werden.
    Wird Ihre Buchung storniert, zahlen Sie nichts.
    Ich gebe Ihre Nachricht gern weiter.
    Ich verbinde Sie.
    Ich kann Sie mit der Rezeption verbinden.
    Ich weiß noch nicht, ob die Buchung gelungen ist.
    Ihr Zimmer ist ab fünfzehn Uhr für Sie bereit.
    Damit ich buchen kann, brauche ich Ihren Namen.
    Die Kreditkarte wird bei der Anreise belastet.
    Ihr Zimmer hat einen Balkon.
    Ich habe zwei Zimmer frei, eines davon ist schon reserviert.
    Sie können Ihre Buchung bis zum Vortag stornieren.
    Ihre Buchung kann jederzeit geändert werden.
    Haben Sie schon eine Reservierung bei uns?
    Ich buche das gern für Sie.
    Ich brauche Ihren Namen, bevor ich buchen kann.
    Nachdem Sie bestätigt haben, ist das Zimmer für Sie reserviert.
    Bezahlt wird beim Check-in.
    Ich habe nachgesehen, es sind noch zwei Zimmer frei.
    Ich habe verstanden, vom dritten bis zum fünften.
    Das habe ich notiert.
    Ich habe Ihren Namen.
    Wir haben reservierte Parkplätze für Gäste.
    Alle Zimmer sind gebucht.
    Die Zimmer werden oft früh gebucht.
    Der Wellnessbereich muss vorher reserviert werden.
    Die Suite ist in dieser Woche belegt.
    Ich kann die Buchung nicht bestätigen.
    Ich würde dann das Doppelzimmer für Sie buchen.
    Darf ich das so für Sie buchen?
    Ihre Reservierung wird gleich bestätigt.
    Ist Ihre Reservierung auf diesen Namen gebucht?
    Wie lautet die Nummer Ihrer Reservierung?
    Die Reservierung ist für zwei Nächte, richtig?
    Ich habe die Termine geändert, also vom zehnten bis zum zwölften.
    Ich habe ein Zimmer gefunden, das für Sie passt.
    Ich habe für diese Nacht leider alles vergeben.
    Sobald die Buchung bestätigt ist, bekommen Sie eine Nummer.
    Das Zimmer ist gebucht.
  `,
  hi: `
    मैंने आपका अनुरोध दर्ज कर लिया है।
    क्या मैं इसे आपके लिए बुक कर दूँ?
    मैं यह कमरा आपके लिए बुक कर सकती हूँ।
    मैं इसे अभी बुक करती हूँ।
    मैं कमरा बुक कर रही हूँ।
    जैसे ही बुकिंग हो गई है, मैं आपको नंबर बताऊँगी।
    आपका नाम मिलते ही आपका कमरा बुक हो गया है।
    जब मैंने कमरा बुक कर दिया है, तब नंबर मिलेगा।
    अगर आपका कमरा बुक है, तो मैं दूसरा देखती हूँ।
    आपकी बुकिंग हो जाएगी।
    मैंने अभी कुछ बुक नहीं किया है।
    कमरा अभी बुक नहीं हुआ है।
    आपका कमरा बुक नहीं हो गया है।
    दूसरा कमरा बुक नहीं हुआ है।
    क्षमा कीजिए, बुकिंग नहीं हुई।
    मैं अभी बुक नहीं कर पाई।
    उस रात हमारे सभी कमरे बुक हैं।
    क्षमा कीजिए, वह कमरा बुक हो चुका है।
    सुइट उस दिन बुक है।
    नाश्ता शामिल है।
    क्या आपने पहले हमारे यहाँ बुक किया है?
    क्या आपका कमरा किसी और नाम से बुक है?
    क्या आपकी बुकिंग हो गई है?
    मैं देख रही हूँ कि आपने डबल रूम बुक किया है।
    आपने किस नाम से बुक किया है?
    मैं देखती हूँ कि आपका कमरा बुक है या नहीं।
    हमारे पास एक डबल रूम उपलब्ध है।
    बुकिंग मिल गई, कार्ला के नाम से।
    मैंने आपका नाम लिख लिया है।
    तो डबल रूम, तीन से पाँच तक, कार्ला के नाम से।
    क्या मैं आपकी बुकिंग रद्द कर दूँ?
    क्षमा कीजिए, मैं यहाँ बुकिंग बदल या रद्द नहीं कर सकती।
    बुकिंग रद्द की जा सकती है।
    मैं आपका संदेश पहुँचा दूँगी।
    मैं आपकी कॉल आगे जोड़ रही हूँ।
    मुझे अभी पता नहीं कि बुकिंग हुई या नहीं।
    आपका कमरा तीन बजे से तैयार है।
    आपके कार्ड से पैसे पहुँचने पर लिए जाते हैं।
    आपके कमरे में बालकनी है।
    आप अपनी बुकिंग एक दिन पहले तक रद्द कर सकते हैं।
    मुझे बुक करने से पहले आपका नाम चाहिए।
    भुगतान पहुँचने पर होता है।
    मैंने देख लिया है, दो कमरे ख़ाली हैं।
    हमारे सारे कमरे बुक हैं।
    क्या मैं बुकिंग कन्फ़र्म कर दूँ?
    मैंने तारीखें बदल दी हैं।
    आपकी बुकिंग किस नाम से है?
    क्या आपके पास बुकिंग नंबर है?
    पार्किंग मेहमानों के लिए आरक्षित है।
  `,
}
const rows = Object.entries(sentences).flatMap(([language, text]) =>
  text
    .trim()
    .split(/\n\s+/)
    .map((sentence) => [language, sentence] as const),
)

describe('a sentence that claims nothing', () => {
  it.each(rows)('is spoken as it is in %s: %s', (language, sentence) => {
    expect(judge(sentence, { language, proven: new Set() })).toEqual({ kind: 'spoken' })
  })
})
