namespace Testbed.Wire;

/// <summary>The value of a record of a coordinator's log.</summary>
public interface ICoordinatorValue : IMessage
{
    /// <summary>The number that tells its kind in the frame.</summary>
    short RecordType { get; }
}
