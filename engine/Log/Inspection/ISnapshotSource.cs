using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>The producer snapshots of a directory, read when they are wanted.</summary>
public interface ISnapshotSource
{
    /// <summary>The offsets in their names, ascending.</summary>
    IReadOnlyList<Offset> Offsets { get; }

    /// <summary>The name of one, for findings.</summary>
    string NameOf(Offset offset);

    /// <summary>The content of one; null when it has gone meanwhile.</summary>
    ReadOnlyMemory<byte>? Read(Offset offset);
}
