// write.mjs BROKER TOPIC CODEC FILE: produces the records of a file, acks=all.
import { readFileSync } from 'node:fs';
import kafkajs from 'kafkajs';

const { Kafka, CompressionTypes, Partitioners, logLevel } = kafkajs;
const [broker, topic, codec, path] = process.argv.slice(2);
const batchRecords = 500;

const unhex = text => text === null ? null : Buffer.from(text, 'hex');

// Headers of one name are one entry with all their values.
const toHeaders = pairs => {
  const headers = {};
  for (const [name, value] of pairs) {
    headers[name] = [...(headers[name] ?? []), unhex(value)];
  }
  return headers;
};

const toMessage = record => ({
  partition: record.partition,
  timestamp: String(record.timestamp),
  key: unhex(record.key),
  value: unhex(record.value),
  headers: toHeaders(record.headers),
});

const kafka = new Kafka({ clientId: 'writer', brokers: [broker], logLevel: logLevel.WARN });
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();
const messages = readFileSync(path, 'ascii').trim().split('\n').map(line => toMessage(JSON.parse(line)));
for (let i = 0; i < messages.length; i += batchRecords) {
  await producer.send({
    topic,
    acks: -1,
    compression: codec === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None,
    messages: messages.slice(i, i + batchRecords),
  });
}
await producer.disconnect();
