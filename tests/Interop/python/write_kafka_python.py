"""write_kafka_python.py BROKER TOPIC CODEC FILE: produces the records of a file, acks=all."""
import sys

from kafka import KafkaProducer

import exchange

broker, topic, codec, path = sys.argv[1:]
producer = KafkaProducer(
    bootstrap_servers=broker,
    acks="all",
    compression_type=None if codec == "none" else codec,
    linger_ms=20,
    max_block_ms=60000,
)
sent = [
    producer.send(
        topic,
        value=record["value"],
        key=record["key"],
        partition=record["partition"],
        timestamp_ms=record["timestamp"],
        headers=record["headers"],
    )
    for record in exchange.load(path)
]
producer.flush(60)
for future in sent:
    future.get(timeout=1)
producer.close(10)
