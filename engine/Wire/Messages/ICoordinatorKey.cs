namespace Testbed.Wire;

/// <summary>The key of a record of a coordinator's log; always version 0.</summary>
public interface ICoordinatorKey : IMessage
{
    /// <summary>The number that tells its kind in the frame.</summary>
    short RecordType { get; }
}
