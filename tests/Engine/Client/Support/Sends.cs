using System;
using System.Collections.Generic;
using System.Text;
using Testbed.Client;

namespace Testbed.Tests.Engine.Client;

/// <summary>Sends text records and keeps their results by the number of sending.</summary>
internal sealed class Sends(Producer producer) : IProduceListener
{
    public List<(string Topic, string? Key, string Value)> Sent { get; } = [];

    public SortedDictionary<long, ProduceResult> Results { get; } = [];

    public void Send(string value, string topic = "t", string? key = null, int? partition = 0)
    {
        var record = new ProducerRecord(topic, key is null ? null : Bytes(key), Bytes(value)) { Partition =
            partition };
        Sent.Add((topic, key, value));
        producer.Send(record, this, Sent.Count - 1);
    }

    public void OnProduced(long token, in ProduceResult result) => Results.Add(token, result);

    private static ReadOnlyMemory<byte>? Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
