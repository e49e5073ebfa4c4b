namespace Testbed.Log;

/// <summary>What has become of a batch that was filtered.</summary>
public enum FilteredKind
{
    /// <summary>It stays as it is, byte by byte.</summary>
    Unchanged = 0,

    /// <summary>It is replaced by another.</summary>
    Rebuilt,

    /// <summary>Nothing of it stays.</summary>
    Dropped,

    /// <summary>Its records cannot be read or written: nothing may be made of it.</summary>
    Unreadable,
}
