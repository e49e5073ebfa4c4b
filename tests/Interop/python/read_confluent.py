"""read_confluent.py BROKER TOPIC: prints every record of every partition."""
import os
import sys

from confluent_kafka import Consumer, TopicPartition

import exchange

broker, topic = sys.argv[1:]

# Version 1.7.0 gives back a reference to None too many for every header without a value, and the interpreter dies
# when none is left. Here are some to spare, and the end is one without clearing up.
spare = [None] * 1_000_000

consumer = Consumer({
    "bootstrap.servers": broker,
    "group.id": "none: partitions are assigned by hand",
    "enable.auto.commit": False,
    "auto.offset.reset": "error",
    "check.crcs": True,
})
partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
ends = {}
for partition in partitions:
    first, end = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=30)
    if first < end:
        ends[partition] = end
if ends:
    consumer.assign([TopicPartition(topic, partition, 0) for partition in ends])
while ends:
    messages = consumer.consume(num_messages=1000, timeout=30)
    if not messages:
        sys.exit(f"nothing comes any more, still expected: {ends}")
    for message in messages:
        if message.error():
            sys.exit(str(message.error()))
        exchange.dump(
            message.partition(), message.offset(), message.timestamp()[1], message.key(), message.value(),
            message.headers())
        if ends.get(message.partition()) == message.offset() + 1:
            del ends[message.partition()]
consumer.close()
sys.stdout.flush()
os._exit(0)
