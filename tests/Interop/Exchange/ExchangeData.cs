using System.Collections.Generic;
using System.Linq;
using System.Text;
using Testbed.Foundation;

namespace Testbed.Tests.Interop;

/// <summary>
/// The records of the exchange: ten thousand, the same in every run. Among them are records without key or
/// value (tombstones), with empty ones, of one byte and of a hundred thousand, with headers that repeat.
/// </summary>
internal static class ExchangeData
{
    public const int Count = 10_000;

    private const long FirstTimestamp = 1_600_000_000_000;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789 \u00e9\u00df\u20ac\u4e2d";

    private static readonly string[] Names = ["trace", "tenant", "content-type", "x"];

    public static IReadOnlyList<ExchangeRecord> Generate(ExchangeShape shape, int partitionCount)
    {
        var random = new Prng(10_000);
        return Enumerable.Range(0, Count).Select(i => Record(shape, partitionCount, i, random)).ToList();
    }

    private static ExchangeRecord Record(ExchangeShape shape, int partitionCount, int number, Prng random)
    {
        var key = random.Chance(1, 4) ? null : Bytes(shape, random, random.Between(1, 40));
        var value = random.Chance(1, 20) ? null : Bytes(shape, random, Size(random));
        var isEmpty = random.Chance(1, 25);
        if (isEmpty && shape.HasEmpty)
        {
            key = random.Chance(1, 2) ? [] : key;
            value = [];
        }
        if (key is null && value is null && !shape.HasBareRecords)
        {
            key = Bytes(shape, random, 1);
        }
        // Neither rising nor apart: a log keeps what it is given.
        var timestamp = FirstTimestamp + (number * 7) - random.Below(1000);
        return new ExchangeRecord(
            random.Below(partitionCount),
            shape.HasTimestamps ? timestamp : 0,
            key,
            value,
            shape.FixedHeaders ?? Headers(shape, random));
    }

    private static int Size(Prng random) => random.Below(1000) switch
    {
        < 2 => 100_000,
        < 700 => random.Below(100) + 1,
        _ => random.Below(500) + 1,
    };

    private static byte[] Bytes(ExchangeShape shape, Prng random, long count)
    {
        if (shape.HasBinary && random.Chance(1, 2))
        {
            var bytes = new byte[count];
            random.Fill(bytes);
            return bytes;
        }
        // The letter repeats so that compression has something to do.
        var text = new StringBuilder();
        while (text.Length < count)
        {
            text.Append(Letters[random.Below(Letters.Length)], random.Below(6) + 1);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static List<ExchangeHeader> Headers(ExchangeShape shape, Prng random)
    {
        var headers = new List<ExchangeHeader>();
        for (var left = random.Below(5); left > 0; left--)
        {
            var value = random.Below(8) switch
            {
                0 when shape.HasNullHeaders => null,
                1 when shape.HasEmpty => [],
                _ => Bytes(shape, random, random.Between(1, 30)),
            };
            headers.Add(new ExchangeHeader(Names[random.Below(Names.Length)], value));
        }
        // One after another: all of the name that came first, then all of the next.
        return shape.HasScatteredHeaders
            ? headers
            : [.. headers.GroupBy(one => one.Name).SelectMany(same => same)];
    }
}
