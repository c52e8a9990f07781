export { type PiiCategory, piiCategories } from './category.ts'
export {
  createRedactor,
  type Redacted,
  type RedactionCounts,
  type RedactOptions,
  type Redactor,
  type RedactorOptions,
} from './redactor.ts'
