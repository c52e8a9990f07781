"""Prints the wire of the pip package nvidia-riva-client as JSON: names, numbers, types and labels.

    python3 packages/riva/test/read-descriptors.py > packages/riva/test/__fixtures__/riva-client.json

No text of the package goes into the output. The shape is that of read-descriptors.ts.
"""

import json
from importlib.metadata import version

from google.protobuf import descriptor_pb2
from riva.client.proto import riva_asr_pb2, riva_audio_pb2, riva_common_pb2, riva_tts_pb2

FIELD = descriptor_pb2.FieldDescriptorProto


def field_of(field, oneofs):
    oneof = None
    if field.HasField("oneof_index") and not field.proto3_optional:
        oneof = oneofs[field.oneof_index].name
    return {
        "name": field.name,
        "number": field.number,
        "type": field.type_name.lstrip(".") or FIELD.Type.Name(field.type)[5:].lower(),
        "label": "repeated"
        if field.label == FIELD.LABEL_REPEATED
        else "optional"
        if field.proto3_optional
        else "singular",
        "oneof": oneof,
    }


def add_message(wire, message, prefix):
    name = f"{prefix}.{message.name}"
    wire["messages"][name] = {
        "isMapEntry": message.options.map_entry,
        "fields": sorted(
            (field_of(field, message.oneof_decl) for field in message.field),
            key=lambda field: field["number"],
        ),
    }
    for enum in message.enum_type:
        add_enum(wire, enum, name)
    for nested in message.nested_type:
        add_message(wire, nested, name)


def add_enum(wire, enum, prefix):
    wire["enums"][f"{prefix}.{enum.name}"] = {value.name: value.number for value in enum.value}


def main():
    wire = {"messages": {}, "enums": {}, "methods": {}}
    for module in (riva_common_pb2, riva_audio_pb2, riva_asr_pb2, riva_tts_pb2):
        file = descriptor_pb2.FileDescriptorProto()
        module.DESCRIPTOR.CopyToProto(file)
        for message in file.message_type:
            add_message(wire, message, file.package)
        for enum in file.enum_type:
            add_enum(wire, enum, file.package)
        for service in file.service:
            for method in service.method:
                wire["methods"][f"{file.package}.{service.name}/{method.name}"] = {
                    "request": method.input_type.lstrip("."),
                    "requestStream": method.client_streaming,
                    "response": method.output_type.lstrip("."),
                    "responseStream": method.server_streaming,
                }
    print(json.dumps({"client": version("nvidia-riva-client"), **wire}, indent=1, sort_keys=True))


main()
