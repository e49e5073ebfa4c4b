using System.Collections.Generic;
using Testbed.Client;

namespace Testbed.Runner;

/// <summary>Counts what became of records. Lives on the shard until all of them are settled.</summary>
internal sealed class ProduceTally : IProduceListener
{
    private readonly List<string> _failures = [];

    public long StoredCount { get; private set; }

    public long FailedCount { get; private set; }

    /// <summary>The first failures, in words.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>The token is the number of the line.</summary>
    public void OnProduced(long token, in ProduceResult result)
    {
        if (result.IsStored)
        {
            StoredCount++;
            return;
        }
        FailedCount++;
        if (_failures.Count < ProduceLimits.FailuresTold)
        {
            _failures.Add($"line {token}: {Words(result)}{(result.MayBeStored ? " (may be stored)" : "")}");
        }
    }

    private static string Words(in ProduceResult result) => result.Status switch
    {
        ProduceStatus.TimedOut =>
            $"not stored in time, at last {ClientErrors.Words(result.Error, result.Message)}",
        ProduceStatus.Closed => "not sent before the end",
        _ => ClientErrors.Words(result.Error, result.Message),
    };
}
