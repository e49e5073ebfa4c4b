"""create_topic.py BROKER TOPIC PARTITIONS: makes a topic with one replica of each partition."""
import sys

from kafka.admin import KafkaAdminClient, NewTopic

broker, topic, partitions = sys.argv[1:]
admin = KafkaAdminClient(bootstrap_servers=broker)
admin.create_topics([NewTopic(topic, int(partitions), 1)])
admin.close()
