using System.Collections.Generic;
using System.Linq;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Tests.Engine.Wire.Records;
using Testbed.Wire.Records;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>
/// A log told by any bytes at all, so that a failing one can be made smaller by leaving bytes out: plain and
/// idempotent batches, transactions that commit, abort or stay open, tombstones, records without a key, all
/// codecs, both kinds of timestamps, and the ends of segments.
/// </summary>
internal sealed class LogScript
{
    private const int Keys = 7;
    private const long FirstTimeMs = 1_700_000_000_000;

    private readonly SortedDictionary<int, long> _openSince = [];             // by producer
    private readonly SortedDictionary<int, int> _sequences = [];              // next, by producer
    private readonly SortedDictionary<int, short> _epochs = [];               // by producer
    private readonly SortedDictionary<int, LiveProducer> _live = [];
    private byte[] _bytes = [];
    private int _at;

    /// <summary>Ends of segments by base; the last one is active.</summary>
    public List<List<byte[]>> Segments { get; } = [[]];

    public List<long> Bases { get; } = [0];

    /// <summary>Aborted transactions by the segment that has their marker.</summary>
    public List<List<AbortedTransaction>> Aborted { get; } = [[]];

    public long End { get; private set; }

    public long LastStable => _openSince.Count == 0 ? End : _openSince.Values.Min();

    public IReadOnlyList<LiveProducer> Live => [.. _live.Values];

    /// <summary>Appends what the bytes tell.</summary>
    public LogScript Append(params byte[] bytes)
    {
        _bytes = bytes;
        _at = 0;
        while (_at < _bytes.Length)
        {
            Step();
        }
        return this;
    }

    public void Roll()
    {
        if (Segments[^1].Count > 0)
        {
            Segments.Add([]);
            Bases.Add(End);
            Aborted.Add([]);
        }
    }

    private void Step()
    {
        var what = Next();
        var producer = what / 16 % 3;
        switch (what % 16)
        {
            case 0 or 1 or 2 or 3 or 4:
                AppendData(OptionsOf(what, producer: -1, isTransactional: false));
                break;
            case 5 or 6 or 7:
                AppendData(OptionsOf(what, 10 + producer, isTransactional: false));
                break;
            case 8 or 9 or 10 or 11:
                _openSince.TryAdd(producer, End);
                AppendData(OptionsOf(what, producer, isTransactional: true));
                break;
            case 12 or 13:
                EndTransaction(producer, isCommit: true);
                break;
            case 14:
                EndTransaction(producer, isCommit: false);
                break;
            default:
                Roll();
                break;
        }
    }

    private RecordBatchOptions OptionsOf(int what, int producer, bool isTransactional)
    {
        var codec = (CompressionCodec)(what / 5 % 5);
        return new RecordBatchOptions
        {
            Codec = Codecs.IsAvailable(codec) ? codec : CompressionCodec.None,
            BaseOffset = End,
            PartitionLeaderEpoch = (int)(End / 16),
            ProducerId = producer,
            ProducerEpoch = producer < 0 ? (short)-1 : _epochs.GetValueOrDefault(producer),
            BaseSequence = producer < 0 ? -1 : _sequences.GetValueOrDefault(producer),
            IsTransactional = isTransactional,
            TimestampType = what % 7 == 3 ? TimestampType.LogAppendTime : TimestampType.CreateTime,
            MaxTimestampMs = what % 7 == 3 ? FirstTimeMs + End + 1000 : null,
        };
    }

    private void AppendData(RecordBatchOptions options)
    {
        var count = 1 + Next() % 4;
        var records = new List<SampleRecord>();
        for (var i = 0; i < count; i++)
        {
            var what = Next();
            var key = what % Keys == Keys - 1 ? null : $"k{what % Keys}";
            var value = what / Keys % 4 == 0 ? null : $"v{End + i}";
            records.Add(new SampleRecord(FirstTimeMs + End + what % 16, key, value));
        }
        Add(Batches.Of(options, [.. records]), count);
        if (options.ProducerId >= 0)
        {
            var producer = (int)options.ProducerId;
            _sequences[producer] = options.BaseSequence + count;
            _live[producer] = new LiveProducer(
                new ProducerId(producer), options.ProducerEpoch, new Offset(End - 1));
        }
    }

    /// <summary>
    /// Producers with odd ids end transactions as KIP-890 has it: the marker has the next epoch.
    /// </summary>
    private void EndTransaction(int producer, bool isCommit)
    {
        if (!_openSince.Remove(producer, out var first))
        {
            return;
        }
        var epoch = _epochs.GetValueOrDefault(producer);
        if (producer % 2 == 1)
        {
            epoch++;
            _epochs[producer] = epoch;
            _sequences[producer] = 0;
            _live[producer] = new LiveProducer(new ProducerId(producer), epoch, Offset.None);
        }
        Add(MarkerOf(producer, epoch, isCommit), 1);
        if (!isCommit)
        {
            Aborted[^1].Add(new AbortedTransaction(
                new ProducerId(producer), new Offset(first), new Offset(End - 1), new Offset(LastStable)));
        }
    }

    private byte[] MarkerOf(int producer, short epoch, bool isCommit)
    {
        var pool = new BufferPool(retainedBytesMax: 0, poison: true);
        var builder = new RecordBatchBuilder(pool);
        builder.Begin(new RecordBatchOptions
        {
            BaseOffset = End,
            PartitionLeaderEpoch = (int)(End / 16),
            ProducerId = producer,
            ProducerEpoch = epoch,
            IsTransactional = true,
            IsControl = true,
        });
        new EndTransactionMarker(coordinatorEpoch: 3).AppendTo(builder, FirstTimeMs + End, isCommit);
        builder.Build(out var batch);
        return batch.Span.ToArray();
    }

    private void Add(byte[] batch, int count)
    {
        Segments[^1].Add(batch);
        End += count;
    }

    private byte Next() => _at < _bytes.Length ? _bytes[_at++] : (byte)0;
}
