using Testbed.Compression;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>Patched batches are as if they had been built so.</summary>
public sealed class RecordBatchPatchTests
{
    [Fact]
    public void Offset_and_leader_epoch_are_set_without_touching_the_checksum()
    {
        var patched = Batches.Of(3);
        var crc = new RecordBatch(patched).Crc;
        RecordBatchPatch.SetBaseOffset(patched, 12_345_678_901);
        RecordBatchPatch.SetPartitionLeaderEpoch(patched, 17);
        var options = new RecordBatchOptions { BaseOffset = 12_345_678_901, PartitionLeaderEpoch = 17 };
        Assert.Equal(Batches.Of(3, options), patched);
        Assert.Equal(crc, new RecordBatch(patched).Crc);
    }

    [Fact]
    public void The_append_time_can_be_set_and_taken_back()
    {
        var patched = Batches.Of(3);
        RecordBatchPatch.SetLogAppendTime(patched, 55);
        var options =
            new RecordBatchOptions { TimestampType = TimestampType.LogAppendTime, MaxTimestampMs = 55 };
        Assert.Equal(Batches.Of(3, options), patched);
        RecordBatchPatch.SetCreateTime(patched, Batches.TimeMs + 2);
        Assert.Equal(Batches.Of(3), patched);
    }

    [Fact]
    public void Attributes_keep_their_other_bits()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var attributes = new BatchAttributes(unchecked((short)bits));
            Assert.Equal(attributes, attributes.With(attributes.TimestampType)
                .WithTransactional(attributes.IsTransactional)
                .WithControl(attributes.IsControl)
                .WithDeleteHorizon(attributes.HasDeleteHorizon));
            Assert.Equal(bits & ~7 | 4, unchecked((ushort)attributes.With(CompressionCodec.Zstd).Bits));
            Assert.Equal(
                bits ^ 16, unchecked((ushort)attributes.WithTransactional(!attributes.IsTransactional).Bits));
            Assert.Equal(bits > 127, attributes.HasUnassignedBits);
        }
    }
}
