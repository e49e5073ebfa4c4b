using System;
using System.Collections.Generic;
using System.Linq;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// One step of a sequence. All that is drawn in it comes from a stream of its own, named by the key: taking
/// other steps away draws nothing else here.
/// </summary>
internal readonly record struct LogStep(LogStepKind Kind, int Key)
{
    public override string ToString() => $"{Kind}:{Key}";

    /// <summary>Reads what a failed sequence prints: Append:0 Kill:7.</summary>
    public static IReadOnlyList<LogStep> Parse(string text) => [.. text
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(static word => word.Split(':'))
        .Select(static parts => new LogStep(Enum.Parse<LogStepKind>(parts[0]), int.Parse(parts[1])))];
}
