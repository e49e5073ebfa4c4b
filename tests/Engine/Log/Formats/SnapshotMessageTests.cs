using System;
using System.Buffers.Binary;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Tests.Engine.Wire;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

/// <summary>Kafka's samples of the snapshot's schema: whatever numbers they have, none is misread.</summary>
public sealed class SnapshotMessageTests
{
    [Fact]
    public void Sampled_snapshots_are_read_or_refused_by_what_they_say()
    {
        var samples = GoldenFiles.Selection
            .Where(static vector => vector.Name == "ProducerSnapshot").ToList();

        Assert.NotEmpty(samples);
        foreach (var sample in samples)
        {
            byte[] file = [0, 1, .. sample.Bytes];
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(2), Crc32C.Of(file.AsSpan(6)));
            var end = new Offset(long.MaxValue);
            var isRead = ProducerSnapshot.TryParse(file, end, out var entries, out var problem);
            Assert.Equal(isRead, problem.Length == 0);
            Assert.Equal(isRead ? BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(6)) : 0, entries.Count);
        }
    }
}
