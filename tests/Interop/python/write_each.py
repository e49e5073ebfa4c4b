"""write_each.py BROKER PREFIX TOPICS PARTITIONS: one record to each partition of the topics PREFIX0, PREFIX1, ... with
acks=all. Prints how many were acknowledged.
"""
import sys

from confluent_kafka import Producer

broker, prefix, topics, partitions = sys.argv[1:]
acknowledged = 0


def delivered(error, message):
    global acknowledged
    if error is not None:
        sys.exit(f"{message.topic()}-{message.partition()}: {error}")
    acknowledged += 1


producer = Producer({"bootstrap.servers": broker, "acks": "all", "linger.ms": 5})
for topic in range(int(topics)):
    for partition in range(int(partitions)):
        producer.produce(f"{prefix}{topic}", value=f"{topic} {partition}", partition=partition, on_delivery=delivered)
    producer.poll(0)
producer.flush(90)
print(acknowledged)
