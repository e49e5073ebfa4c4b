namespace Testbed.Wire;

/// <summary>What is known of the class of such a record.</summary>
public interface ICoordinatorValue<TSelf> : ICoordinatorValue, IMessage<TSelf>
    where TSelf : ICoordinatorValue<TSelf>
{
    static new abstract short RecordType { get; }
}
