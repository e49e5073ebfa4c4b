using BenchmarkDotNet.Attributes;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire.Records;

namespace Testbed.Tests.Benchmarks;

/// <summary>
/// What a log remembers of each batch, in memory alone: its place, the indexes, the producer. The log with
/// its disk is measured by <see cref="LogMeasurement"/>.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class LogBatchBenchmarks
{
    private const int RecordBytes = 1024;
    private const int BatchesPerRound = 1000;
    private const int IndexIntervalBytes = 4096;

    private byte[] _batch = [];

    [Params(1, 16)]
    public int Records { get; set; }

    [GlobalSetup]
    public void Build()
    {
        var builder = new RecordBatchBuilder(new BufferPool(retainedBytesMax: 0, poison: false));
        builder.Begin(new RecordBatchOptions { ProducerId = 7, ProducerEpoch = 0, BaseSequence = 0 });
        for (var i = 0; i < Records; i++)
        {
            builder.Append(i, OptionalBytes.Null, new byte[RecordBytes]);
        }
        builder.Build(out var built);
        _batch = built.Span.ToArray();
    }

    [Benchmark(OperationsPerInvoke = BatchesPerRound)]
    public Offset PlaceIndexAndRemember()
    {
        var indexes = new SegmentIndexes(Offset.Zero, IndexIntervalBytes);
        var producers = new ProducerStates();
        var end = Offset.Zero;
        var position = 0;
        for (var i = 0; i < BatchesPerRound; i++)
        {
            var stored = StoredBatch.Place(_batch, end, new LeaderEpoch(1));
            indexes.OnBatch(stored.Span, position);
            producers.OnAppended(stored, _batch, new Instant(i));
            end = stored.EndOffset;
            position += _batch.Length;
        }
        return end;
    }
}
