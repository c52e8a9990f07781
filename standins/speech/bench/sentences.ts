/** What callers of a hotel say. */
export const sentences = [
  'Hello.',
  'Hello, do you have a double room for tomorrow night?',
  'I would like to book a double room.',
  'A double room, please.',
  'I need a single room for two nights.',
  'Is the suite free on the third of December?',
  'From the fifth to the seventh of January.',
  'I will arrive on the twenty-third of November.',
  'We will leave on the first of December.',
  'For two people, from Friday to Sunday.',
  'What time is breakfast?',
  'How much is a room per night?',
  'Can I check in before noon?',
  'When do we have to check out?',
  'Do you have parking for my car?',
  'Is there a swimming pool in the hotel?',
  'May I bring my dog?',
  'I have a reservation under the name of Martin.',
  'My reservation number is four seven one one.',
  'Could you look up my booking?',
  'Yes, please book it.',
  'No, thank you, that is all.',
  'Yes, that is correct.',
  'Goodbye.',
  'Thank you very much, goodbye.',
  'Which rooms are free next weekend?',
  'Is the wireless internet free?',
  'Does the restaurant open in the evening?',
  'The day after tomorrow, for one night.',
  'My name is Emma Fischer.',
  'Could you repeat that, please?',
  'What is the address of the hotel?',
] as const

/** As the sample line and its hotel give them. */
export const keyterms =
  `Harbour Hotel|single room|double room|suite|hello|goodbye|yes|no|thank you|please|room|rooms|
night|nights|tonight|tomorrow|breakfast|booking|book|reservation|check in|check out|available|parking|single|double|
guests|people|January|February|March|April|May|June|July|August|September|October|November|December|
Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|
tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|
twenty-first|twenty-second|twenty-third|twenty-fourth|twenty-fifth|twenty-sixth|twenty-seventh|twenty-eighth|
twenty-ninth|thirtieth|thirty-first`
    .split('|')
    .map((term) => term.trim())
