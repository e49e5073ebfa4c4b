using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// A producer that never pauses, and that is not told when its broker goes away: what the broker acknowledged
/// to it, with acks=all, must be in the topic for ever.
/// </summary>
internal sealed class BusyProducer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly BrokerProcess _broker;
    private readonly string _topic;
    private readonly ChildProcess _process;
    private int _acknowledged;

    public BusyProducer(BrokerProcess broker, string topic, bool isIdempotent)
    {
        _broker = broker;
        _topic = topic;
        _process = ChildProcess.Start(Clients.PythonCommand(
            Clients.ConfluentPython,
            "produce_until_told.py",
            broker,
            topic,
            BrokerFixture.PartitionCount.ToString(CultureInfo.InvariantCulture),
            isIdempotent.ToString()));
    }

    /// <summary>How many records the broker has acknowledged in all; known at the end.</summary>
    public int AcknowledgedCount { get; private set; }

    /// <summary>Waits until the broker has acknowledged this many more records.</summary>
    public async Task GetsAcknowledged(int count)
    {
        _acknowledged += count;
        if (!await _process.Prints(_acknowledged, Limit))
        {
            throw new ClientFailedException(
                $"no {_acknowledged} acknowledgements; {_process.ErrorText}{Environment.NewLine}"
                    + _broker.Log);
        }
    }

    /// <summary>
    /// Lets the producer finish, and compares all that was acknowledged with what the topic has.
    /// </summary>
    /// <returns>The numbers in each partition, in the order of offsets.</returns>
    public async Task<List<List<long>>> FindsEverything()
    {
        _process.Input.Close();
        Assert.True(await _process.Ends(Limit), "the producer does not end");
        var acknowledged = _process.Result().Succeeded(_broker).Lines;
        Assert.InRange(acknowledged.Count, _acknowledged, int.MaxValue);
        AcknowledgedCount = acknowledged.Count;

        var read = await ExchangeClients.Read(_broker, ExchangeReader.Kcat, _topic, []);
        var stored = read.Select(static one => string.Create(
            CultureInfo.InvariantCulture, $"{one.Partition} {one.Offset} {Number(one)}")).ToHashSet();
        Assert.All(acknowledged, line => Assert.Contains(line, stored));
        return
        [
            .. read.GroupBy(static one => one.Partition)
                .Select(static partition => partition.Select(Number).ToList()),
        ];
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static long Number(ExchangeRecord record) =>
        long.Parse(record.Value, CultureInfo.InvariantCulture);
}
