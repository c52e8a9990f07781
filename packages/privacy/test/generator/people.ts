/** First and last names by language; most common ones of registers, and some that are words as well. */
export const people: Readonly<
  Record<string, { given: readonly string[]; family: readonly string[] }>
> = {
  en: {
    given:
      'Olivia George Amelia Noah Isla Oliver Priya Liam Siobhan Jamal Chloe Ethan Grace Harry Zara Dylan'.split(
        ' ',
      ),
    family:
      'Smith Jones Taylor Brown Williams Okafor Patel Walker Hughes Edwards Thompson Murphy Campbell Fletcher Whitaker Nguyen'.split(
        ' ',
      ),
  },
  de: {
    given:
      'Hannah Lukas Mia Jonas Leonie Felix Jürgen Ursula Ayşe Maximilian Katharina Florian Birgit Dieter Sören Emma'.split(
        ' ',
      ),
    family:
      'Müller Schmidt Schneider Fischer Weber Becker Wagner Yılmaz Schröder Krüger Hoffmann Lehmann Zimmermann Vogt Brandt Kaiser'.split(
        ' ',
      ),
  },
  fr: {
    given:
      'Louise Gabriel Jade Raphaël Chloé Hugo Amélie Étienne Fatima Julien Camille Benoît Inès Thierry Manon Olivier'.split(
        ' ',
      ),
    family:
      'Dubois Durand Leroy Moreau Lefebvre Garnier Benali Rousseau Faure Chevalier Girard Mercier Lambert Fontaine Roussel Marchand'.split(
        ' ',
      ),
  },
  es: {
    given:
      'Lucía Hugo Martina Mateo Carmen Alejandro Ximena Javier Rocío Álvaro Noelia Íñigo Guadalupe Santiago Paula Ramón'.split(
        ' ',
      ),
    family:
      'García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Ruiz Muñoz Ibáñez Cortés Herrera Vidal Castillo'.split(
        ' ',
      ),
  },
  it: {
    given:
      'Giulia Leonardo Aurora Lorenzo Chiara Matteo Francesca Niccolò Ludovica Riccardo Beatrice Davide Ilaria Simone Elisa Paolo'.split(
        ' ',
      ),
    family:
      'Rossi Ferrari Russo Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Lombardi Moretti Barbieri'.split(
        ' ',
      ),
  },
  hi: {
    given:
      'आरव अनन्या विवान दीपिका अर्जुन प्रिया रोहन नेहा विक्रम पूजा संजय कविता अमित सुनीता मनोज रितु'.split(
        ' ',
      ),
    family:
      'वर्मा गुप्ता सिंह यादव पटेल जोशी मिश्रा चौहान अग्रवाल नायर रेड्डी मेहता कुमार दुबे त्रिवेदी बंसल'.split(' '),
  },
}
