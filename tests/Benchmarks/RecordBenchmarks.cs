using System;
using BenchmarkDotNet.Attributes;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Tests.Benchmarks;

/// <summary>
/// What the leader does to a produced batch before it is written: all checks, then offset and epoch. The
/// batches have no codec and create times: the common path.
/// </summary>
[MemoryDiagnoser]
public class RecordBenchmarks
{
    private const int RecordBytes = 1024;
    private const long TimeMs = 1_700_000_000_000;
    private const short ApiVersion = 11;

    private readonly ByteBuffer _scratch = new(new BufferPool(retainedBytesMax: 0, poison: false));
    private byte[] _batch = [];

    [Params(1, 16)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Build()
    {
        var builder = new RecordBatchBuilder(new BufferPool(retainedBytesMax: 0, poison: false));
        builder.Begin(RecordBatchOptions.Default);
        var value = new byte[RecordBytes];
        new Random(1).NextBytes(value);
        for (var i = 0; i < Records; i++)
        {
            builder.Append(TimeMs + i, OptionalBytes.Null, value);
        }
        builder.Build(out var built);
        _batch = built.Span.ToArray();
    }

    [Benchmark]
    public bool ValidateAndPatch()
    {
        var verdict = BatchValidator.Validate(_batch, ProduceRules.Default, ApiVersion, TimeMs, _scratch);
        RecordBatchPatch.Stamp(_batch, verdict.Facts);
        RecordBatchPatch.SetBaseOffset(_batch, 0);
        RecordBatchPatch.SetPartitionLeaderEpoch(_batch, Records);
        return verdict.IsOk;
    }

    /// <summary>The part of it that is the checksum.</summary>
    [Benchmark]
    public bool ChecksumOnly() => new RecordBatch(_batch).IsCrcValid;
}
