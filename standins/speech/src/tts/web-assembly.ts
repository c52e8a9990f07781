/** A compiled program; it may be sent to another thread. */
export type WasmModule = object

interface WasmMemory {
  readonly buffer: ArrayBuffer
}

// Node has it as a global; its types come with the DOM's only, which a server must not see.
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<WasmModule>
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, object>>,
  ) => { readonly exports: Readonly<Record<string, unknown>> }
  readonly Memory: new (options: { readonly initial: number }) => WasmMemory
}

export const wasm = WebAssembly
