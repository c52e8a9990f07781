/**
 * Lets a package be read as TypeScript in the workspace and be published as JavaScript: `publish`
 * points its exports at dist (prepack), `restore` back at src (postpack). Runs in the package's folder.
 */
import { readFile, writeFile } from 'node:fs/promises'

const workspaceExports = { '.': './src/index.ts' }
const publishedExports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } }

const [, , mode] = process.argv
if (mode !== 'publish' && mode !== 'restore') {
  throw new Error('usage: node pack-manifest.ts publish|restore')
}
const manifest: unknown = JSON.parse(await readFile('package.json', 'utf8'))
if (typeof manifest !== 'object' || manifest === null || !('exports' in manifest)) {
  throw new Error('package.json has no exports')
}
const exports = mode === 'publish' ? publishedExports : workspaceExports
await writeFile('package.json', `${JSON.stringify({ ...manifest, exports }, null, 2)}\n`)
