using System;
using System.Buffers.Binary;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>The outline of a batch, for every length and magic there can be.</summary>
public sealed class BatchFrameTests
{
    [Fact]
    public void A_batch_cut_at_any_byte_is_partial()
    {
        var batch = Batches.Of(3);
        for (var length = 0; length < batch.Length; length++)
        {
            var frame = BatchFrame.Of(batch.AsSpan(0, length));
            Assert.Equal(BatchFraming.Partial, frame.Framing);
            Assert.Equal(length < BatchLayout.UncountedBytes ? 0 : batch.Length, frame.SizeBytes);
        }
        Assert.Equal(new BatchFrame(BatchFraming.Whole, batch.Length), BatchFrame.Of(batch));
        Assert.Equal(new BatchFrame(BatchFraming.Whole, batch.Length), BatchFrame.Of([.. batch, 1, 2, 3]));
    }

    [Fact]
    public void Every_magic_is_told_apart()
    {
        var batch = Batches.Of(1);
        for (var magic = 0; magic <= byte.MaxValue; magic++)
        {
            batch[BatchLayout.Magic] = (byte)magic;
            var expected = magic switch
            {
                0 or 1 => BatchFraming.Legacy,
                2 => BatchFraming.Whole,
                _ => BatchFraming.MagicUnknown,
            };
            Assert.Equal(expected, BatchFrame.Of(batch).Framing);
        }
    }

    [Theory]
    [InlineData(int.MinValue, BatchFraming.LengthTooSmall)]
    [InlineData(-1, BatchFraming.LengthTooSmall)]
    [InlineData(0, BatchFraming.LengthTooSmall)]
    [InlineData(13, BatchFraming.LengthTooSmall)]
    [InlineData(14, BatchFraming.LengthTooSmall)]
    [InlineData(48, BatchFraming.LengthTooSmall)]
    [InlineData(49, BatchFraming.Whole)]
    [InlineData(1_000_000, BatchFraming.Partial)]
    [InlineData(int.MaxValue, BatchFraming.Partial)]
    public void Every_length_is_told_apart(int length, BatchFraming expected)
    {
        var batch = Batches.Of(1);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(BatchLayout.BatchLength), length);
        Assert.Equal(expected, BatchFrame.Of(batch).Framing);
    }
}
