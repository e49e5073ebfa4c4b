namespace Testbed.Wire;

/// <summary>A record of the metadata log.</summary>
public interface IMetadataRecord : IMessage
{
    /// <summary>The number that tells its kind in the frame.</summary>
    short RecordType { get; }
}
