using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Node.Boot;

/// <summary>
/// A deleted partition whose files still wait for their readers to finish. Without a directory when it could
/// not be renamed: then its files stay.
/// </summary>
public sealed record DoomedPartition(IDisk Disk, string? Directory, PartitionLog Log);
