namespace Testbed.Wire;

/// <summary>What is known of the class of such a record.</summary>
public interface ICoordinatorKey<TSelf> : ICoordinatorKey, IMessage<TSelf>
    where TSelf : ICoordinatorKey<TSelf>
{
    static new abstract short RecordType { get; }
}
