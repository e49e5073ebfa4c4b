namespace Testbed.Wire;

/// <summary>The logs that coordinators keep; each numbers its record types for itself.</summary>
public enum CoordinatorLog
{
    /// <summary>__consumer_offsets: offsets and groups of all kinds.</summary>
    Group,

    /// <summary>__transaction_state.</summary>
    Transaction,

    /// <summary>__share_group_state.</summary>
    Share,
}
