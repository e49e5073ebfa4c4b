"""produce_until_told.py BROKER TOPIC PARTITIONS IDEMPOTENT: produces numbered records, in turn to each partition, until
its input ends, through whatever happens to the broker. Prints `partition offset number` for each record that the
broker acknowledged (acks=all), as it is acknowledged.
"""
import sys
import threading
import time

from confluent_kafka import Producer

broker, topic, partitions, idempotent = sys.argv[1:]
stopping = threading.Event()


def wait_for_end_of_input():
    sys.stdin.read()
    stopping.set()


def delivered(error, message):
    if error is not None:
        sys.exit(f"given up: {error}")
    print(message.partition(), message.offset(), message.value().decode())


def broken(error):
    if error.fatal():
        sys.exit(f"the producer broke: {error}")


threading.Thread(target=wait_for_end_of_input, daemon=True).start()
producer = Producer({
    "bootstrap.servers": broker,
    "acks": "all",
    "enable.idempotence": idempotent == "True",
    "linger.ms": 2,
    "message.timeout.ms": 300000,
    "reconnect.backoff.max.ms": 200,
    "retry.backoff.ms": 50,
    "error_cb": broken,
})
number = 0
while not stopping.is_set():
    if len(producer) < 500:
        for _ in range(10):
            producer.produce(topic, value=str(number), partition=number % int(partitions), on_delivery=delivered)
            number += 1
    producer.poll(0)
    time.sleep(0.002)
left = producer.flush(60)
if left:
    sys.exit(f"{left} records were never acknowledged")
