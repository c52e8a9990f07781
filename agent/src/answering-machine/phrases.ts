/** What a few words give away. `half`: machines begin so, and some humans at a desk too. */
export interface Cues {
  readonly machine: RegExp
  readonly half: RegExp
  readonly ivr: RegExp
  readonly human: RegExp
}

/** Languages that greetings are known in; another one is judged by time and tone alone. */
export type CueLanguage = 'en' | 'de' | 'fr' | 'es' | 'it'

/** One alternative a line, over text as `foldWords` gives it. */
const any = (...alternatives: readonly string[]) =>
  new RegExp(`\\b(?:${alternatives.join('|')})\\b`)

const digit = {
  en: '(?:zero|one|two|three|four|five|six|seven|eight|nine|star|pound|hash|\\d)',
  de: '(?:null|eins|zwei|drei|vier|funf|sechs|sieben|acht|neun|stern|raute|\\d)',
  fr: '(?:zero|un|deux|trois|quatre|cinq|six|sept|huit|neuf|etoile|diese|\\d)',
  es: '(?:cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|asterisco|almohadilla|\\d)',
  it: '(?:zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove|asterisco|cancelletto|\\d)',
} as const

export const cues: Readonly<Record<CueLanguage, Cues>> = {
  en: {
    machine: any(
      'leave (?:\\w+ ){0,4}(?:message|name|number)',
      '(?:after|at|wait for) the (?:tone|beep|signal)',
      'voice ?mail|mail ?box|answering (?:machine|service)',
      '(?:cant|cannot|can not|unable to|not able to) (?:\\w+ )?(?:take|answer|come to|get to|pick up)',
      '(?:not|isnt|arent|un) ?available|unavailable',
      'nobody is available|no one is available',
      'get back to you|return your call',
      'call you back as soon',
      'not in service|number you (?:have )?(?:dialed|dialled|called)',
      'record your message',
      '(?:person|customer|subscriber) you (?:are|have)',
      'not a valid (?:\\w+ )?(?:extension|number)|please try (?:\\w+ ){0,2}again|hang up and',
    ),
    half: any(
      'you(?:ve| have)? (?:\\w+ )?reached',
      'thank you for calling|thanks for calling',
      'away from|out of (?:the )?office|office hours|closed',
    ),
    ivr: any(
      `press ${digit.en}`,
      'main menu|following options|options have changed|listen carefully',
      'your call (?:is important|may be|will be|is being)',
      '(?:agents|lines|operators|representatives) are (?:\\w+ )?busy',
      'say or enter|please enter|in a few words',
      'transferring you|remain on the line|stay on the line',
    ),
    human: any(
      '(?:can|may|could) i help',
      'what can i do',
      'whos? (?:is )?(?:this|calling|there|speaking)',
      'speaking$',
      'am i speaking',
    ),
  },
  de: {
    machine: any(
      '(?:hinterlass|hinterlasst|hinterlassen|sprechen|sprich|sprecht)\\w* (?:\\w+ ){0,6}(?:nachricht|namen|nummer)',
      'nachricht (?:\\w+ )?(?:nach|hinterlassen|aufs)',
      'nach dem (?:signal|ton|piep|pieps|piepton|signalton)',
      'mailbox|sprachbox|anrufbeantworter|sprachspeicher',
      'nicht (?:\\w+ )?(?:erreichbar|zu erreichen|ans telefon|ans handy|entgegennehmen|annehmen)',
      '(?:momentan|derzeit|leider|gerade|zurzeit) (?:\\w+ ){0,2}nicht (?:\\w+ )?(?:da|hier|im|zu|personlich)',
      'teilnehmer|kein anschluss',
      'rufe?n? (?:\\w+ ){0,4}(?:schnellstmoglich|sobald|baldmoglichst)',
    ),
    half: any(
      'verbunden mit|anschluss von|erreichen uns|sie haben die nummer',
      'geschlossen|offnungszeiten|burozeiten|sprechzeiten|im urlaub',
      'vielen dank fur ihren anruf|danke fur ihren anruf',
    ),
    ivr: any(
      `(?:drucken|wahlen) sie (?:\\w+ ){0,2}${digit.de}`,
      '(?:mitarbeiter|leitungen|platze) (?:\\w+ )?sind|sind (?:\\w+ ){0,3}im gesprach',
      'sagen sie (?:bitte )?(?:in|einfach|kurz)|folgenden moglichkeiten|hauptmenu',
      'legen sie nicht auf|warteschleife|bleiben sie|geduld',
      'aufgezeichnet',
    ),
    human: any(
      'kann ich (?:\\w+ )?(?:fur sie|helfen)|ihnen helfen|fur sie tun',
      'wer (?:ist|spricht)|mit wem|am apparat|worum geht',
    ),
  },
  fr: {
    machine: any(
      'laiss\\w+ (?:\\w+ ){0,3}(?:message|nom|numero|coordonnees)',
      'apres le (?:bip|signal|top)|apres la tonalite',
      'messagerie|repondeur|boite vocale',
      'ne (?:\\w+ )?(?:peux|peut|pouvons|suis|sommes|puis) pas (?:\\w+ ){0,3}(?:repondre|disponibles?|joignables?|prendre|decrocher|la)',
      'pas (?:\\w+ )?(?:disponible|joignable)|nest plus attribue|indisponible',
      'correspondant|rappell?er\\w* des que',
    ),
    half: any(
      'vous etes bien|etes bien chez|avez bien joint',
      'actuellement (?:ferme|absent)\\w*|horaires|sommes fermes',
      'merci de votre appel',
    ),
    ivr: any(
      `(?:tapez|appuyez sur|faites|composez) (?:\\w+ ){0,2}${digit.fr}`,
      'veuillez patienter|ne quittez pas|temps dattente|restez en ligne',
      'tous nos|nos conseillers|menu principal|en quelques mots|choix suivants',
      'enregistree?|etre ecoute',
    ),
    human: any(
      'vous aider|que puis je|en quoi|qui est|cest de la part|je vous ecoute|qui (?:parle|appelle)',
    ),
  },
  es: {
    machine: any(
      '(?:deje|deja|dejen|dejar|dejenos|dejeme|dejame) (?:\\w+ ){0,4}(?:mensaje|nombre|numero)',
      '(?:despues|luego) de (?:la senal|oir|escuchar)|despues del (?:tono|pitido|bip)|tras la senal|al oir la senal',
      'buzon|contestador',
      'no (?:\\w+ )?(?:puedo|podemos|puede|esta|estoy|estamos|se encuentra) (?:\\w+ ){0,3}(?:atender\\w*|contestar\\w*|responder\\w*|ponerme|disponibles?|localizable)',
      'fuera de cobertura|apagado|numero marcado|no existe',
      '(?:devolver|devolvere|llamare|llamaremos)\\w* (?:\\w+ ){0,3}(?:pronto|antes)',
    ),
    half: any(
      'ha llamado|has llamado|esta llamando al',
      'cerrad[oa]s?|horario',
      'gracias por llamar',
    ),
    ivr: any(
      `(?:pulse|marque|oprima|presione) (?:\\w+ ){0,2}${digit.es}`,
      'permanezca|no cuelgue|espere por favor|en espera|manten\\w+ a la espera',
      'todos nuestros|nuestros agentes|menu principal|siguientes opciones|indique',
      'sera grabada|ser grabada',
    ),
    human: any(
      'en que (?:le |te )?puedo|puedo ayudar\\w*|quien (?:es|habla|llama)|de parte de|le atiende',
    ),
  },
  it: {
    machine: any(
      '(?:lasci\\w*) (?:\\w+ ){0,4}(?:messaggio|nome|numero|recapito)',
      'dopo il (?:segnale|bip|tono)|al segnale',
      'segreteria|casella vocale',
      'non (?:\\w+ )?(?:posso|possiamo|puo|siamo|sono|e) (?:\\w+ ){0,3}(?:rispondere|rispondervi|risponderti|disponibil\\w|raggiungibile|in casa|in ufficio)',
      'utente|non raggiungibile|numero selezionato|inesistente',
      '(?:richiamer\\w*|ricontatt\\w*) (?:\\w+ ){0,3}(?:presto|prima|possibile|appena)|appena possibile',
    ),
    half: any(
      'risponde il numero|avete chiamato|hai chiamato',
      'chius[oi]|orari',
      'grazie per aver chiamato',
    ),
    ivr: any(
      `(?:premi|prema|premere|digiti|digita|selezioni|tasto) (?:\\w+ ){0,2}${digit.it}`,
      'resti in linea|rimanga in|attenda|la preghiamo di attendere|in attesa',
      'nostri operatori|menu principale|seguenti opzioni|dica in poche',
      'registrata',
    ),
    human: any('posso (?:aiutar\\w*|esser\\w*)|chi (?:e|parla)|con chi|mi dica|desidera'),
  },
}

/** Small letters without marks or signs, so that one spelling stands for all. */
export function foldWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}|['’]/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
