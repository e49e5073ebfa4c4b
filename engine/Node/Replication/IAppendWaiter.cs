using Testbed.Wire;

namespace Testbed.Node.Replication;

/// <summary>Waits until appended records are committed.</summary>
public interface IAppendWaiter
{
    /// <summary>
    /// The append under <paramref name="tag"/> is committed (None), or will never be known to be. Called once
    /// a tag.
    /// </summary>
    void OnCommitted(int tag, ErrorCode error);
}
