namespace Testbed.Wire.Records;

/// <summary>Whose clock the timestamps of a batch are from (message.timestamp.type, KIP-32).</summary>
public enum TimestampType
{
    CreateTime = 0,
    LogAppendTime = 1,
}
