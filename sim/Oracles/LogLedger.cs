using Testbed.Foundation;

namespace Testbed.Sim.Oracles;

/// <summary>What an observer knows of one log of one node, from what the node has reported.</summary>
internal sealed class LogLedger
{
    /// <summary>False until the log was opened, and after a crash until it is opened again.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Everything below is deleted, durably.</summary>
    public Offset Start { get; set; }

    public Offset End { get; set; }

    public Offset WrittenEnd { get; set; }

    /// <summary>Everything below was synced, and not cut off since.</summary>
    public Offset SyncedEnd { get; set; }

    /// <summary>Of the batch appended last in this incarnation.</summary>
    public LeaderEpoch Epoch { get; set; } = LeaderEpoch.None;
}
