using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What a cleaning has removed, of segments that have been replaced.</summary>
internal sealed class CleanTotals
{
    public long BytesBefore { get; set; }

    public long BytesAfter { get; set; }

    public long RecordsRemoved { get; set; }

    public long TombstonesRemoved { get; set; }

    public long MarkersRemoved { get; set; }

    /// <summary>The tombstones that have gone, for the trace; empty while nobody listens.</summary>
    public List<Offset> Tombstones { get; } = [];

    /// <summary>The markers that have gone, for the trace; empty while nobody listens.</summary>
    public List<RemovedMarker> Markers { get; } = [];

    public void Add(CleanTotals other)
    {
        BytesBefore += other.BytesBefore;
        BytesAfter += other.BytesAfter;
        RecordsRemoved += other.RecordsRemoved;
        TombstonesRemoved += other.TombstonesRemoved;
        MarkersRemoved += other.MarkersRemoved;
    }
}
