using System;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>Asks the validator, at a fixed time, and lets no buffer leak.</summary>
public static class Judging
{
    public const short ApiVersion = 11;

    public static BatchVerdict Of(
        ReadOnlySpan<byte> records, ProduceRules? rules = null, short apiVersion = ApiVersion)
    {
        var pool = new BufferPool(retainedBytesMax: 0, poison: true);
        var scratch = new ByteBuffer(pool);
        var verdict = BatchValidator.Validate(
            records, rules ?? ProduceRules.Default, apiVersion, Batches.TimeMs, scratch);
        scratch.Release();
        Assert.Equal(0, pool.OutstandingCount);
        return verdict;
    }
}
