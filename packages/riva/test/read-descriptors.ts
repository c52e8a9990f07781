import { fromBinary } from '@bufbuild/protobuf'
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt'
import { runBuf } from './buf.ts'

/** A wire as names, numbers, types and labels; the shape that read-descriptors.py prints. */
export interface Wire {
  readonly messages: Record<string, { isMapEntry: boolean; fields: WireField[] }>
  readonly enums: Record<string, Record<string, number>>
  readonly methods: Record<string, WireMethod>
}

interface WireField {
  readonly name: string
  readonly number: number
  readonly type: string
  readonly label: 'repeated' | 'optional' | 'singular'
  readonly oneof: string | null
}

interface WireMethod {
  readonly request: string
  readonly requestStream: boolean
  readonly response: string
  readonly responseStream: boolean
}

/** Compiles the protos with buf and reads one package family of them. */
export async function readWire(family: string): Promise<Wire> {
  const descriptors = await runBuf('build', '-o', '-', '--as-file-descriptor-set')
  const wire: Wire = { messages: {}, enums: {}, methods: {} }
  for (const file of fromBinary(FileDescriptorSetSchema, descriptors).file) {
    if (!file.package.startsWith(family)) continue
    for (const message of file.messageType) addMessage(wire, message, file.package)
    for (const values of file.enumType) addEnum(wire, values, file.package)
    for (const service of file.service) {
      for (const method of service.method) {
        wire.methods[`${file.package}.${service.name}/${method.name}`] = {
          request: withoutDot(method.inputType),
          requestStream: method.clientStreaming,
          response: withoutDot(method.outputType),
          responseStream: method.serverStreaming,
        }
      }
    }
  }
  return wire
}

function addMessage(wire: Wire, message: DescriptorProto, prefix: string): void {
  const name = `${prefix}.${message.name}`
  const oneofs = message.oneofDecl.map((oneof) => oneof.name)
  wire.messages[name] = {
    isMapEntry: message.options?.mapEntry ?? false,
    fields: message.field
      .map((field) => toField(field, oneofs))
      .sort((left, right) => left.number - right.number),
  }
  for (const values of message.enumType) addEnum(wire, values, name)
  for (const nested of message.nestedType) addMessage(wire, nested, name)
}

function addEnum(wire: Wire, values: EnumDescriptorProto, prefix: string): void {
  wire.enums[`${prefix}.${values.name}`] = Object.fromEntries(
    values.value.map(({ name, number }) => [name, number]),
  )
}

function toField(field: FieldDescriptorProto, oneofs: readonly string[]): WireField {
  const isRepeated = field.label === FieldDescriptorProto_Label.REPEATED
  // proto3 writes `optional` as a oneof of its own.
  const isInOneof = Object.hasOwn(field, 'oneofIndex') && !field.proto3Optional
  return {
    name: field.name,
    number: field.number,
    type: withoutDot(field.typeName) || FieldDescriptorProto_Type[field.type].toLowerCase(),
    label: isRepeated ? 'repeated' : field.proto3Optional ? 'optional' : 'singular',
    oneof: isInOneof ? (oneofs[field.oneofIndex] ?? null) : null,
  }
}

function withoutDot(name: string): string {
  return name.replace(/^\./, '')
}
