using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// All producers of a log and their transactions: a function of its batches and of nothing else, unless
/// compaction or retention has taken some away before it was opened. Nobody is forgotten for being idle.
/// </summary>
public sealed class ModelProducers
{
    private readonly SortedDictionary<long, ModelProducer> _byId = [];
    private readonly List<ModelTransaction> _ended = [];

    /// <summary>By ascending id.</summary>
    public IEnumerable<ModelProducer> All => _byId.Values;

    /// <summary>In the order of their markers.</summary>
    public IReadOnlyList<ModelTransaction> Ended => _ended;

    /// <summary>Where the oldest open transaction begins.</summary>
    public Offset? FirstOpen
    {
        get
        {
            Offset? first = null;
            foreach (var producer in _byId.Values)
            {
                first = Earlier(first, producer.OpenSince);
            }
            return first;
        }
    }

    public static ModelProducers Of(IEnumerable<ModelBatch> batches)
    {
        var producers = new ModelProducers();
        foreach (var batch in batches)
        {
            producers.Take(batch);
        }
        return producers;
    }

    /// <summary>As a log tells that has lost some of its batches: what has ended is not known.</summary>
    public static ModelProducers Of(IEnumerable<ModelKnown> known)
    {
        var producers = new ModelProducers();
        foreach (var one in known)
        {
            producers._byId.Add(one.Id.Value, ModelProducer.Of(one));
        }
        return producers;
    }

    public ModelProducer? Find(ProducerId id) => _byId.GetValueOrDefault(id.Value);

    /// <summary>An unknown producer may begin anywhere: its state may have expired.</summary>
    public ModelVerdict Judge(ModelStamp stamp) =>
        Find(stamp.Id)?.Judge(stamp) ?? new ModelVerdict(ModelVerdictKind.Append);

    /// <summary>
    /// Below which a reader of committed records may read: nothing there is open, nor ended by a marker that
    /// is not below the high watermark.
    /// </summary>
    public Offset LastStable(Offset highWatermark)
    {
        var first = FirstOpen;
        foreach (var ended in _ended.Where(ended => ended.Marker >= highWatermark))
        {
            first = Earlier(first, ended.First);
        }
        return Offset.Min(highWatermark, first ?? highWatermark);
    }

    /// <summary>Aborted transactions with records in [from, end).</summary>
    public List<ModelTransaction> Aborted(Offset from, Offset end) =>
        [.. _ended.Where(ended => ended.IsAborted && ended.Marker >= from && ended.First < end)];

    /// <summary>
    /// The next batch. Of a marker that compaction has emptied nothing can be told.
    /// </summary>
    public void Take(ModelBatch batch)
    {
        if (batch.Stamp is not { } stamp || (batch.IsControl && batch.Marker is null))
        {
            return;
        }
        if (!_byId.TryGetValue(stamp.Id.Value, out var producer))
        {
            producer = new ModelProducer(stamp.Id);
            _byId.Add(stamp.Id.Value, producer);
        }
        if (batch.Marker is not { } marker)
        {
            producer.OnData(batch);
            return;
        }
        var begun = producer.OpenSince;
        producer.OnMarker(batch);
        if (begun is { } first)
        {
            var stable = FirstOpen ?? batch.EndOffset;
            _ended.Add(new ModelTransaction(stamp.Id, first, batch.BaseOffset, marker.IsAbort, stable));
        }
    }

    private static Offset? Earlier(Offset? one, Offset? other) =>
        one is { } left && other is { } right ? Offset.Min(left, right) : one ?? other;
}
