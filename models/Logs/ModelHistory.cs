using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// All batches that a log has had and that were not truncated, as they were appended: what compaction and
/// retention are judged by.
/// </summary>
public sealed class ModelHistory
{
    private readonly List<ModelBatch> _batches = [];
    private readonly List<ModelBatch> _versions = [];

    public IReadOnlyList<ModelBatch> Batches => _batches;

    /// <summary>The batches also as compaction has left them, each time.</summary>
    public IReadOnlyList<ModelBatch> Versions => _versions;

    /// <summary>What somebody knows who has seen all of it.</summary>
    public ModelProducers Producers { get; private set; } = new();

    /// <summary>As it is now.</summary>
    public ModelHistory Copy()
    {
        var copy = new ModelHistory();
        foreach (var batch in _batches)
        {
            copy.Append(batch);
        }
        return copy;
    }

    public void Append(ModelBatch batch)
    {
        _batches.Add(batch);
        _versions.Add(batch);
        Producers.Take(batch);
    }

    /// <summary>Compaction has left these.</summary>
    public void OnCompacted(IEnumerable<ModelBatch> batches) => _versions.AddRange(batches);

    /// <summary>Nothing at or above has ever been.</summary>
    public void Cut(Offset end)
    {
        _versions.RemoveAll(batch => batch.EndOffset > end);
        if (_batches.RemoveAll(batch => batch.EndOffset > end) > 0)
        {
            Producers = ModelProducers.Of(_batches);
        }
    }

    public void Clear()
    {
        _batches.Clear();
        _versions.Clear();
        Producers = new ModelProducers();
    }

    /// <summary>How the transaction of a data batch has ended; null while it is open.</summary>
    public ModelMarker? EndOf(ModelBatch data) => _batches.Find(marker =>
        marker.Marker is not null && marker.IsOf(data.Stamp!.Id) && marker.BaseOffset > data.BaseOffset)
        ?.Marker;

    public bool IsAborted(ModelBatch data) => data.IsTransactionData && EndOf(data) is { IsAbort: true };

    /// <summary>Data of no transaction, or of a committed one.</summary>
    public bool IsCommitted(ModelBatch data) =>
        !data.IsControl && (!data.IsTransactionData || EndOf(data) is { IsAbort: false });

    /// <summary>The marker of the producer that stands before an offset; null when there is none.</summary>
    public ModelBatch? MarkerBefore(ModelBatch marker) => _batches.FindLast(other =>
        other.Marker is not null
        && other.IsOf(marker.Stamp!.Id)
        && other.BaseOffset < marker.BaseOffset);
}
