import type { LineLanguage, NoticeKind } from '@trunkline/contracts'

type Words = Readonly<Record<LineLanguage, string>>

/** What a caller is told before the line hangs up, unless the line file says it in other words. */
export const noticeWords: Readonly<Record<NoticeKind, Words>> = {
  'line-busy': {
    en: 'All our lines are busy at the moment. Please call again in a few minutes. Goodbye.',
    de: 'Im Augenblick sind alle unsere Leitungen belegt. Bitte rufen Sie in ein paar Minuten noch einmal an. Auf Wiederhören.',
    fr: 'Toutes nos lignes sont occupées pour le moment. Merci de rappeler dans quelques minutes. Au revoir.',
    es: 'En este momento todas nuestras líneas están ocupadas. Por favor, vuelva a llamar en unos minutos. Adiós.',
    it: 'Al momento tutte le nostre linee sono occupate. La preghiamo di richiamare tra qualche minuto. Arrivederci.',
    hi: 'इस समय हमारी सभी लाइनें व्यस्त हैं। कृपया कुछ मिनट बाद फिर से फ़ोन करें। नमस्ते।',
  },
  'hourly-limit': {
    en: 'We have had more calls than we can take this hour. Please call again later. Goodbye.',
    de: 'In dieser Stunde haben uns mehr Anrufe erreicht, als wir annehmen können. Bitte rufen Sie später noch einmal an. Auf Wiederhören.',
    fr: "Nous avons reçu plus d'appels que nous ne pouvons en prendre cette heure-ci. Merci de rappeler plus tard. Au revoir.",
    es: 'En esta hora hemos recibido más llamadas de las que podemos atender. Por favor, vuelva a llamar más tarde. Adiós.',
    it: "In quest'ora abbiamo ricevuto più chiamate di quante possiamo accettarne. La preghiamo di richiamare più tardi. Arrivederci.",
    hi: 'इस घंटे हमें इतने फ़ोन आ चुके हैं कि हम और नहीं ले सकते। कृपया बाद में फिर से फ़ोन करें। नमस्ते।',
  },
  'cost-limit': {
    en: 'This telephone assistant has reached its limit, so I have to end the call now. I am sorry. Goodbye.',
    de: 'Dieser Telefonassistent hat sein Limit erreicht, deshalb muss ich das Gespräch jetzt beenden. Es tut mir leid. Auf Wiederhören.',
    fr: "Cet assistant téléphonique a atteint sa limite, je dois donc mettre fin à l'appel maintenant. Je suis désolée. Au revoir.",
    es: 'Este asistente telefónico ha llegado a su límite, así que debo terminar la llamada ahora. Lo siento. Adiós.',
    it: 'Questo assistente telefonico ha raggiunto il suo limite, quindi devo chiudere la chiamata ora. Mi dispiace. Arrivederci.',
    hi: 'इस टेलीफ़ोन सहायक की सीमा पूरी हो गई है, इसलिए मुझे कॉल अब समाप्त करनी होगी। क्षमा कीजिए। नमस्ते।',
  },
  'max-duration': {
    en: 'This call has reached its longest time, so I have to end it now. Goodbye.',
    de: 'Dieses Gespräch hat seine Höchstdauer erreicht, ich muss es jetzt beenden. Auf Wiederhören.',
    fr: 'Cet appel a atteint sa durée maximale, je dois y mettre fin maintenant. Au revoir.',
    es: 'Esta llamada ha llegado a su duración máxima y debo terminarla ahora. Adiós.',
    it: 'Questa chiamata ha raggiunto la durata massima, devo chiuderla ora. Arrivederci.',
    hi: 'इस कॉल का समय पूरा हो गया है, इसलिए मुझे इसे अब समाप्त करना होगा। नमस्ते।',
  },
  silence: {
    en: 'I cannot hear you any more, so I will end the call. Goodbye.',
    de: 'Ich höre Sie nicht mehr und beende deshalb das Gespräch. Auf Wiederhören.',
    fr: "Je ne vous entends plus, je vais donc mettre fin à l'appel. Au revoir.",
    es: 'Ya no le oigo, así que voy a terminar la llamada. Adiós.',
    it: 'Non la sento più, quindi chiudo la chiamata. Arrivederci.',
    hi: 'मुझे आपकी आवाज़ नहीं आ रही है, इसलिए मैं कॉल समाप्त कर रही हूँ। नमस्ते।',
  },
  'caller-hold': {
    en: 'You seem to have put me on hold, so I will end the call now. Please call again when it suits you. Goodbye.',
    de: 'Sie haben mich offenbar in die Warteschleife gelegt, deshalb beende ich das Gespräch. Rufen Sie gern wieder an. Auf Wiederhören.',
    fr: "Vous m'avez apparemment mise en attente, je vais donc raccrocher. N'hésitez pas à rappeler. Au revoir.",
    es: 'Parece que me ha dejado en espera, así que voy a terminar la llamada. Vuelva a llamar cuando quiera. Adiós.',
    it: 'A quanto pare sono in attesa, quindi chiudo la chiamata. Richiami pure quando vuole. Arrivederci.',
    hi: 'लगता है आपने मुझे होल्ड पर रखा है, इसलिए मैं कॉल समाप्त कर रही हूँ। जब सुविधा हो, फिर से फ़ोन कीजिए। नमस्ते।',
  },
  'bot-loop': {
    en: 'We are not getting any further like this, so I will end the call. Goodbye.',
    de: 'So kommen wir leider nicht weiter, deshalb beende ich das Gespräch. Auf Wiederhören.',
    fr: "Nous n'avançons pas ainsi, je vais donc mettre fin à l'appel. Au revoir.",
    es: 'Así no avanzamos, por lo que voy a terminar la llamada. Adiós.',
    it: 'Così non andiamo avanti, quindi chiudo la chiamata. Arrivederci.',
    hi: 'इस तरह हम आगे नहीं बढ़ पा रहे हैं, इसलिए मैं कॉल समाप्त कर रही हूँ। नमस्ते।',
  },
  // Said by nobody today: docs/lines-limits-and-webhooks.md says why.
  draining: {
    en: 'We are restarting our telephone service. Please call again in a minute. Goodbye.',
    de: 'Unser Telefondienst wird gerade neu gestartet. Bitte rufen Sie in einer Minute noch einmal an. Auf Wiederhören.',
    fr: 'Notre service téléphonique redémarre. Merci de rappeler dans une minute. Au revoir.',
    es: 'Estamos reiniciando nuestro servicio telefónico. Por favor, vuelva a llamar en un minuto. Adiós.',
    it: 'Stiamo riavviando il nostro servizio telefonico. La preghiamo di richiamare tra un minuto. Arrivederci.',
    hi: 'हमारी टेलीफ़ोन सेवा फिर से शुरू हो रही है। कृपया एक मिनट बाद फिर से फ़ोन करें। नमस्ते।',
  },
  'store-unavailable': {
    en: 'I am sorry, we cannot take calls at the moment because of a fault on our side. Please call again in a few minutes. Goodbye.',
    de: 'Es tut mir leid, wegen einer Störung bei uns können wir gerade keine Anrufe annehmen. Bitte rufen Sie in ein paar Minuten noch einmal an. Auf Wiederhören.',
    fr: 'Je suis désolée, un problème technique nous empêche de prendre des appels en ce moment. Merci de rappeler dans quelques minutes. Au revoir.',
    es: 'Lo siento, por un problema técnico no podemos atender llamadas en este momento. Por favor, vuelva a llamar en unos minutos. Adiós.',
    it: 'Mi dispiace, per un problema tecnico al momento non possiamo rispondere. La preghiamo di richiamare tra qualche minuto. Arrivederci.',
    hi: 'क्षमा कीजिए, हमारी ओर एक ख़राबी के कारण हम अभी कॉल नहीं ले सकते। कृपया कुछ मिनट बाद फिर से फ़ोन करें। नमस्ते।',
  },
  'llm-unavailable': {
    en: 'I am sorry, our telephone assistant is not working at the moment. Please call again in a few minutes. Goodbye.',
    de: 'Es tut mir leid, unser Telefonassistent arbeitet gerade nicht. Bitte rufen Sie in ein paar Minuten noch einmal an. Auf Wiederhören.',
    fr: 'Je suis désolée, notre assistant téléphonique ne fonctionne pas en ce moment. Merci de rappeler dans quelques minutes. Au revoir.',
    es: 'Lo siento, nuestro asistente telefónico no funciona en este momento. Por favor, vuelva a llamar en unos minutos. Adiós.',
    it: 'Mi dispiace, il nostro assistente telefonico al momento non funziona. La preghiamo di richiamare tra qualche minuto. Arrivederci.',
    hi: 'क्षमा कीजिए, हमारा टेलीफ़ोन सहायक इस समय काम नहीं कर रहा है। कृपया कुछ मिनट बाद फिर से फ़ोन करें। नमस्ते।',
  },
}
