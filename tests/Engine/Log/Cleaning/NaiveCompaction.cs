using System.Collections.Generic;
using System.Linq;
using Testbed.Compression;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>
/// Compaction as one would explain it: for every record all other records are asked. Knows nothing of files,
/// maps or pieces.
/// </summary>
internal sealed class NaiveCompaction(
    List<TestBatch> log, NaiveRound round, PlantedFlaw flaw = PlantedFlaw.None)
{
    private readonly long _bound = flaw == PlantedFlaw.IgnoresTheBound ? long.MaxValue : round.Bound;

    public List<TestBatch> Run()
    {
        var cleaned = new List<TestBatch>();
        foreach (var batch in log)
        {
            var after = batch.Base >= _bound ? batch : Clean(batch);
            if (after is not null)
            {
                cleaned.Add(after);
            }
        }
        return flaw == PlantedFlaw.MovesOffsets ? Moved(cleaned) : cleaned;
    }

    private TestBatch? Clean(TestBatch batch)
    {
        var records = batch.Records.Where(record => IsKept(batch, record)).ToList();
        if (records.Count == 0)
        {
            return KeepsHeader(batch) ? Emptied(batch) : null;
        }
        var isSettledMarker = batch.IsMarker && !HasData(batch);
        var beginsHorizon = batch.HorizonMs is null
            && (isSettledMarker || records.Exists(record => record.Value is null));
        var isChanged = beginsHorizon || records.Count < batch.Records.Count;
        return batch with
        {
            Records = records,
            HorizonMs = beginsHorizon ? round.NowMs + round.RetentionMs : batch.HorizonMs,
            MaxTimeMs = isChanged ? records.Max(record => record.TimeMs) : batch.MaxTimeMs,
        };
    }

    private bool IsKept(TestBatch batch, TestRecord record)
    {
        if (batch.IsControl)
        {
            return IsControlKept(batch);
        }
        if (batch.IsTransactionData && IsAborted(batch))
        {
            return flaw == PlantedFlaw.KeepsAbortedRecords;
        }
        if (record.Key is null || HasNewer(record))
        {
            return false;
        }
        return record.Value is not null || !MayGo(batch, record.Offset);
    }

    private bool IsControlKept(TestBatch batch)
    {
        if (flaw == PlantedFlaw.ComparesMarkersByKey)
        {
            return !log.Exists(other => other.IsMarker && other.IsAbort == batch.IsAbort
                && other.Base > batch.Base && other.Base < _bound);
        }
        return !batch.IsMarker || HasData(batch) || !MayGo(batch, batch.Last);
    }

    private bool MayGo(TestBatch batch, long offset)
    {
        if (flaw == PlantedFlaw.RemovesTombstonesAtOnce)
        {
            return true;
        }
        var isRemovable = offset < round.RemovableBelow || flaw == PlantedFlaw.RemovesAboveTheRemovable;
        return batch.HorizonMs is { } horizonMs && horizonMs <= round.NowMs && isRemovable;
    }

    private bool HasNewer(TestRecord record) => log.Exists(batch =>
        !batch.IsControl
        && (flaw == PlantedFlaw.MapsAbortedRecords || !(batch.IsTransactionData && IsAborted(batch)))
        && batch.Records.Any(other => other.Key == record.Key
            && other.Offset >= round.FirstDirty
            && other.Offset < _bound
            && (flaw == PlantedFlaw.KeepsTheOldest
                ? other.Offset < record.Offset
                : other.Offset > record.Offset)));

    private bool IsAborted(TestBatch data) =>
        log.Find(marker => marker.IsMarker && marker.Producer == data.Producer && marker.Base > data.Last)
            is { IsAbort: true };

    private bool HasData(TestBatch marker)
    {
        var before = log.FindLast(other =>
            other.IsMarker && other.Producer == marker.Producer && other.Base < marker.Base);
        return log.Exists(data => data.IsTransactionData && data.Producer == marker.Producer
            && data.Base < marker.Base && data.Base > (before?.Base ?? -1));
    }

    private bool KeepsHeader(TestBatch batch)
    {
        var group = round.GroupBases.Where(groupBase => groupBase <= batch.Base).Max();
        var isLastOfGroup = !log.Exists(other => other.Base > batch.Base && other.Base < round.Bound
            && !round.GroupBases.Any(groupBase => groupBase > group && groupBase <= other.Base));
        var isLastOfProducer = flaw != PlantedFlaw.ForgetsProducers
            && round.Live.Any(live => live.Id.Value == batch.Producer
                && (live.LastData.Value == -1
                    ? batch.IsControl && live.Epoch == batch.ProducerEpoch
                    : live.LastData.Value == batch.Last));
        return isLastOfGroup || isLastOfProducer;
    }

    private static TestBatch Emptied(TestBatch batch) =>
        batch with { Records = [], HorizonMs = null, Codec = CompressionCodec.None };

    private static List<TestBatch> Moved(List<TestBatch> log)
    {
        var next = 0L;
        var moved = new List<TestBatch>();
        foreach (var batch in log)
        {
            var by = batch.Base - next;
            moved.Add(batch with
            {
                Base = batch.Base - by,
                Last = batch.Last - by,
                Records = [.. batch.Records.Select(record => record with { Offset = record.Offset - by })],
            });
            next = batch.Last - by + 1;
        }
        return moved;
    }
}
