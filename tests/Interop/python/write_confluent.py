"""write_confluent.py BROKER TOPIC CODEC FILE: produces the records of a file, acks=all."""
import sys

from confluent_kafka import Producer

import exchange

broker, topic, codec, path = sys.argv[1:]
failed = []


def delivered(error, _):
    if error is not None:
        failed.append(error)


producer = Producer({
    "bootstrap.servers": broker,
    "compression.type": codec,
    "acks": "all",
    "enable.idempotence": True,
    "linger.ms": 20,
    "message.timeout.ms": 60000,
})
for record in exchange.load(path):
    producer.produce(
        topic,
        value=record["value"],
        key=record["key"],
        partition=record["partition"],
        timestamp=record["timestamp"],
        headers=record["headers"],
        on_delivery=delivered,
    )
    producer.poll(0)
left = producer.flush(60)
if failed or left:
    sys.exit(f"{left} records were not sent, {len(failed)} were refused, the first with {failed[:1]}")
