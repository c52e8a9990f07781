export const languages = ['en', 'de', 'fr', 'es', 'it', 'hi'] as const
export type Language = (typeof languages)[number]
