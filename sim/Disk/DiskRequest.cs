using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// One operation as fault plans see it. Offset and count are those of reads and writes, and 0 elsewhere; the
/// length to cut to is the offset of a truncation.
/// </summary>
public readonly record struct DiskRequest(
    NodeId Node, string Disk, DiskRequestKind Kind, string Path, long Offset, int Count);
