namespace Testbed.Wire;

/// <summary>What is known of the class of such a record.</summary>
public interface IMetadataRecord<TSelf> : IMetadataRecord, IMessage<TSelf>
    where TSelf : IMetadataRecord<TSelf>
{
    static new abstract short RecordType { get; }
}
