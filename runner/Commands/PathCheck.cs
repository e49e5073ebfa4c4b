using System;
using System.CommandLine.Parsing;
using Testbed.Runner.Logs;

namespace Testbed.Runner.Commands;

/// <summary>Checks of an argument that names a file or directory, which may be somebody else's.</summary>
internal static class PathCheck
{
    /// <summary>The check; what the system refuses meanwhile is the argument's error.</summary>
    public static Action<ArgumentResult> Of(Action<ArgumentResult> check) => result =>
    {
        try
        {
            check(result);
        }
        catch (Exception refusal) when (PartitionFolder.IsRefusal(refusal))
        {
            result.AddError($"'{result.GetValueOrDefault<string>()}' cannot be read: {refusal.Message}");
        }
    };
}
