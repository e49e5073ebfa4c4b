namespace Testbed.Net;

/// <summary>Something a disk thread does.</summary>
internal interface IDiskJob
{
    /// <summary>On the disk's thread.</summary>
    void Execute();
}
