using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Testbed.Tests.Engine.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Interop;

/// <summary>
/// SIGKILL again and again while producers write to topics with durability=fsync. The number of rounds is
/// that of the environment variable KILL_ROUNDS, else three.
/// </summary>
public sealed class KillLoopTests(ITestOutputHelper output)
{
    private const int DefaultRounds = 3;
    private const int AcknowledgedMin = 50;
    private const int AcknowledgedMax = 400;

    [ClientFact(Clients.ConfluentPython, Clients.Kcat)]
    public async Task Nothing_acknowledged_is_lost_and_every_directory_is_sound_however_often_it_is_killed()
    {
        var seed = TestSeed.Next(output);
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("KILL_ROUNDS"), out var wanted)
            ? wanted
            : DefaultRounds;
        output.WriteLine($"{rounds} rounds");
        var chance = new Random(seed);
        await using var broker = await BrokerProcess.Start();
        foreach (var topic in new[] { "plain", "idempotent" })
        {
            await Topics.Create(
                broker, topic, BrokerFixture.PartitionCount, "durability=fsync", "segment.bytes=1048576");
        }
        await using var plain = new BusyProducer(broker, "plain", isIdempotent: false);
        await using var idempotent = new BusyProducer(broker, "idempotent", isIdempotent: true);

        var starts = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            await plain.GetsAcknowledged(chance.Next(AcknowledgedMin, AcknowledgedMax));
            await idempotent.GetsAcknowledged(chance.Next(AcknowledgedMin, AcknowledgedMax));
            await broker.Kill();
            var verdict = await LogVerification.Passes(broker.Directory, 2 * BrokerFixture.PartitionCount);
            var since = Stopwatch.StartNew();
            await broker.Restart();
            starts.Add(since.Elapsed.TotalSeconds);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: started in {starts[^1]:F2} s; {verdict}"));
        }
        await Report(plain, "plain", isIdempotent: false);
        await Report(idempotent, "idempotent", isIdempotent: true);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"starts: {starts.Min():F2} to {starts.Max():F2} s, mean {starts.Average():F2} s"));
    }

    private async Task Report(BusyProducer producer, string topic, bool isIdempotent)
    {
        var stored = await producer.FindsEverything();
        var count = stored.Sum(static numbers => numbers.Count);
        var distinct = stored.Sum(static numbers => numbers.Distinct().Count());
        output.WriteLine(
            $"{topic}: {producer.AcknowledgedCount} acknowledged, {count} read, {distinct} distinct");
        // Once, and in order, unless the producer may write twice.
        Assert.True(!isIdempotent || stored.All(static one => one.SequenceEqual(one.Order().Distinct())));
    }
}
