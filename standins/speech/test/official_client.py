"""Speaks and listens through NVIDIA's own Python client; prints what it saw as JSON.

Usage: official_client.py HOST:PORT TEXT
"""

import io
import json
import sys
import wave

import riva.client
import riva.client.proto.riva_asr_pb2 as asr_pb2
import riva.client.proto.riva_tts_pb2 as tts_pb2

uri, text = sys.argv[1:3]
auth = riva.client.Auth(uri=uri, use_ssl=False)
asr = riva.client.ASRService(auth)
tts = riva.client.SpeechSynthesisService(auth)
rate = 16000

models = asr.stub.GetRivaSpeechRecognitionConfig(asr_pb2.RivaSpeechRecognitionConfigRequest())
voices = tts.stub.GetRivaSynthesisConfig(tts_pb2.RivaSynthesisConfigRequest())

whole = tts.synthesize(text, language_code="en-US", sample_rate_hz=rate).audio
pieces = [
    response.audio
    for response in tts.synthesize_online(text, language_code="en-US", sample_rate_hz=rate)
]

offline = asr.offline_recognize(
    whole,
    riva.client.RecognitionConfig(
        encoding=riva.client.AudioEncoding.LINEAR_PCM,
        sample_rate_hertz=rate,
        audio_channel_count=1,
        language_code="en-US",
        max_alternatives=1,
        enable_automatic_punctuation=True,
    ),
)

# As transcribe_file.py does it: the file with its header, and nothing said about its format.
file = io.BytesIO()
with wave.open(file, "wb") as writer:
    writer.setnchannels(1)
    writer.setsampwidth(2)
    writer.setframerate(rate)
    writer.writeframes(whole)
data = file.getvalue()
chunks = [data[at : at + 3200] for at in range(0, len(data), 3200)]
streaming = riva.client.StreamingRecognitionConfig(
    config=riva.client.RecognitionConfig(language_code="en-US", max_alternatives=1),
    interim_results=True,
)
finals = [
    result.alternatives[0].transcript
    for response in asr.streaming_response_generator(chunks, streaming)
    for result in response.results
    if result.is_final
]

json.dump(
    {
        "modelTypes": sorted({model.parameters["type"] for model in models.model_config}),
        "voiceLanguages": sorted({voice.parameters["language_code"] for voice in voices.model_config}),
        "wholeSeconds": len(whole) / 2 / rate,
        "streamedSeconds": sum(map(len, pieces)) / 2 / rate,
        "pieces": len(pieces),
        "offline": " ".join(result.alternatives[0].transcript for result in offline.results),
        "streaming": "".join(finals),
    },
    sys.stdout,
)
