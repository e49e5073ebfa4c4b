"""read_kafka_python.py BROKER TOPIC: prints every record of every partition."""
import sys

from kafka import KafkaConsumer, TopicPartition

import exchange

broker, topic = sys.argv[1:]
consumer = KafkaConsumer(bootstrap_servers=broker, group_id=None, auto_offset_reset="none")
partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic)]
starts = consumer.beginning_offsets(partitions)
ends = {partition: end for partition, end in consumer.end_offsets(partitions).items() if end > starts[partition]}
if ends:
    consumer.assign(list(ends))
    consumer.seek_to_beginning()
while ends:
    polled = consumer.poll(timeout_ms=30000, max_records=1000)
    if not polled:
        sys.exit(f"nothing comes any more, still expected: {ends}")
    for partition, records in polled.items():
        for record in records:
            exchange.dump(
                record.partition, record.offset, record.timestamp, record.key, record.value, record.headers)
        if ends.get(partition) == records[-1].offset + 1:
            del ends[partition]
consumer.close()
